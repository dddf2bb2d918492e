"""The form on which an editor writes a work: fields as in Zotero over the CSL-JSON item that is kept."""
