"""The desk has no models. This module is here because Django sends `post_migrate` only for apps that have one."""
