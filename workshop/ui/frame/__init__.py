"""The frame of every staff page: who is here, acting, fields, what is live."""
