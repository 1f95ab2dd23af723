"""The scalar types of the language, and how each is written in the answer's table format."""

from enum import Enum


class Type(Enum):
    """A column's type. A string is never null; any other value may be None."""

    STRING = "string"
    LONG = "long"
    REAL = "real"
    BOOL = "bool"
    DATETIME = "datetime"
    TIMESPAN = "timespan"
    DYNAMIC = "dynamic"

    @property
    def is_number(self) -> bool:
        return self in (Type.LONG, Type.REAL)


# int is treated as long, and a guid as a string: no query of Resource Graph can see the difference.
BY_NAME = {
    "string": Type.STRING,
    "guid": Type.STRING,
    "int": Type.LONG,
    "long": Type.LONG,
    "real": Type.REAL,
    "double": Type.REAL,
    "bool": Type.BOOL,
    "boolean": Type.BOOL,
    "datetime": Type.DATETIME,
    "date": Type.DATETIME,
    "timespan": Type.TIMESPAN,
    "time": Type.TIMESPAN,
    "dynamic": Type.DYNAMIC,
}

# azure-mgmt-resourcegraph, ColumnDataType: string, integer, number, boolean, object
IN_A_TABLE = {
    Type.STRING: "string",
    Type.LONG: "integer",
    Type.REAL: "number",
    Type.BOOL: "boolean",
    Type.DATETIME: "string",
    Type.TIMESPAN: "string",
    Type.DYNAMIC: "object",
}
