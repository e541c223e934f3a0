"""Jupyter's own conformance suite, with samples for everything that the kernel offers."""

import unittest

import jupyter_kernel_test
from client import NAME, install

install()


class ConformanceTests(jupyter_kernel_test.KernelTests):
    kernel_name = NAME
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "Math.sq", "matches": {"sqrt"}},
        {"text": "JSON.str", "matches": {"stringify"}},
    ]
    complete_code_samples = ["1", "const x: number = 2;", "f(1)\ng(2)", "function f() {}", "/[(]/", "%%sql\nSELECT"]
    incomplete_code_samples = ["function f() {", "f(", "const x =", "`text", "/* comment", "if (a) {\n  b();"]
    invalid_code_samples = ["const = 3", "){", "let x: = 5", '"text']
    code_generate_error = "throw new Error('here')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "6 * 7 + 0", "result": "42"},
        {"code": "6 * 7", "result": "42"},
    ]
    code_display_data = [
        {"code": "await display({ data: { 'text/html': '<b>b</b>' } })", "mime": "text/html"},
        {"code": "await display(5)", "mime": "text/plain"},
    ]
    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"
    code_clear_output = "clearOutput()"


class WelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = NAME
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
