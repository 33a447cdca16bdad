"""What a browser is given: modules, networks, texts and numbers, as bytes."""
