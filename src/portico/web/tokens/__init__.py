"""Access tokens: how a program comes in, in the name of one person, with no more than they may and its scopes say."""
