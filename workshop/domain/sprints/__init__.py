"""The seven sprints: records, rules, versions, key factors, koppelvlakken and approvals."""
