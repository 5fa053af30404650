"""The window: Qt only. Rules, files and SQL live in o2r_desktop."""
