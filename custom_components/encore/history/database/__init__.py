"""The store's databases: connections, schema, migrations, copies and recovery."""
