"""Votes in class: what a class answers to a prediction before it is told what is so.

The method is Eric Mazur's, *Peer Instruction* (1997); what it achieves is told by Catherine Crouch
and Eric Mazur, "Peer Instruction: Ten years of experience and results", American Journal of
Physics 69 (2001), 970–977. A JupyterHub runs it as the service ``class``.
"""
