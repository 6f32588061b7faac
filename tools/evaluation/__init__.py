"""The parts of tools/eval.py: what to do with each kind of evaluation set."""
