"""What a dossier is: identifiers, fields and their types, bodies, territories. Pure, no file, no SQL."""
