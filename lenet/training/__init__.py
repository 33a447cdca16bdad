"""How the shipped network was trained: distortions, pen drawings, and the loop."""
