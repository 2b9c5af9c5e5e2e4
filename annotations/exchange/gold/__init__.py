"""Read `news-claims-gold/1` files (annotations/demo/SCHEMA.md): check everything, build rows, write nothing."""
