"""A class in one room: a JupyterHub for this course on this machine, started by ``make class``.

`start` reads what is asked for (`settings`), looks whether it can be had (`reachable`), says what
to write on the board and keeps the hub running (`keep_running`). The hub itself is JupyterHub:
`jupyterhub_config` tells it who may come in (`sign_in`), as whom their server runs
(`learners_server`, `accounts`) and what that server opens (`learners_home`).
"""
