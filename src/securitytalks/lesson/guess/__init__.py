"""The guess form: readers set a guess on a scale or choose from a list, then see the answer beside it."""
