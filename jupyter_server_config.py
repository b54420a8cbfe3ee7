"""Settings for JupyterLab: its menu exports the same files as the command."""

load_subconfig("jupyter_nbconvert_config.py")  # noqa: F821 - Jupyter gives it to its configuration files
