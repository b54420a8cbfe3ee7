"""The US-Mexico security talks as checked records, frames and charts."""
