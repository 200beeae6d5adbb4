"""Labs as data: `lab.toml` and guides, loaded and validated; finds `labs/` in a checkout and in a wheel."""
