"""What `make` calls: bring a browser and a database server, keep the catalogues. Not part of the running product."""
