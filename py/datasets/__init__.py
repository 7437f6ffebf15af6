"""Read published datasets: the idx format of MNIST, and the test digits as the site serves them."""
