"""Core of O2R Desktop: reads exports, checks the rules of the AMI, scores, writes notes. No Qt here."""

__version__ = "0.1.0"
