"""Facts from outside: areas, open figures and files people bring along."""
