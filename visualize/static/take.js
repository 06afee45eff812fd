/** What is taken away. */
