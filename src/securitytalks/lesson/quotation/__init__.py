"""An altered quotation beside its original."""
