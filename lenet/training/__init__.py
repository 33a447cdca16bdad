"""How the shipped network was trained, and on what.

``recipes`` says what can be chosen, ``dataset`` makes batches of MNIST (``lenet.mnist``), of MNIST
redrawn as pen strokes (``skeletons``) and of synthetic pen drawings (``synthetic``),
``distortions`` moves and bends them, ``losses`` and ``run`` train, ``evaluation`` and ``report``
say how good the result is. In recipes and model cards redrawn digits are called ``reinked`` and
synthetic ones ``invented``.

What helped and what did not, with figures, stands in ``docs/training.md``.
"""
