"""How quickly pictures answer in a real JupyterLab, beside the classroom default."""
