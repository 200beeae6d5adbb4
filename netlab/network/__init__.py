"""The only place that knows namespaces: entering one, hosts, the wire, its rules, and kernel socket states."""
