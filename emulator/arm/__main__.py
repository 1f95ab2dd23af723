"""Serve the ARM emulator: `python -m azure_hotpatch.emulator.arm --store PATH --port N`."""

import argparse

import uvicorn

from azure_hotpatch.emulator.arm.app import create_app


def main() -> None:
    parser = argparse.ArgumentParser(prog="azure_hotpatch.emulator.arm", description="Serve an Azure Resource Manager.")
    parser.add_argument("--store", default=":memory:", help="SQLite file that remembers the resources (default: none)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
    parser.add_argument("--port", type=int, default=4599, help="port to listen at; 0 takes a free one")
    given = parser.parse_args()
    uvicorn.run(create_app(given.store), host=given.host, port=given.port, access_log=False, server_header=False)


if __name__ == "__main__":
    main()
