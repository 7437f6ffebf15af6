"""Published datasets: how their files are laid out, and the test digits as the site serves them."""
