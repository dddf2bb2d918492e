"""Link health: whether the addresses of published works still answer. It asks politely and never touches a public page."""
