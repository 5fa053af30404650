"""Small windows over the main one: asked for, never imposed."""
