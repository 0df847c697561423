// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

// Tests of models/ and the tile engine: plain functions that throw, since these also build on a machine
// without Qt (NUNATAK_MODELS_ONLY). Each program defines plainTests(); QtTest runs them in the full build,
// plain_main.cpp there.
namespace nunatak::tests {

struct PlainTest {
    const char* name; ///< reads as a sentence about behaviour: aTruncatedFileIsRefusedWithItsName
    void (*run)();
};

/// The test program's own list.
std::vector<PlainTest> plainTests();

/// What a failed check throws.
class Failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What a test throws that cannot run here, with the reason.
class Skipped : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

[[noreturn]] inline void fail(const char* file, int line, const std::string& what) {
    throw Failure(std::string(file) + ":" + std::to_string(line) + ": " + what);
}

template <typename A, typename B>
void checkEqual(const A& actual, const B& expected, const char* text, const char* file, int line) {
    if (!(actual == expected)) {
        std::ostringstream message;
        message << text << ": is " << actual << ", expected " << expected;
        fail(file, line, message.str());
    }
}

inline void checkNear(double actual, double expected, double tolerance, const char* text, const char* file,
                      int line) {
    // Written so that a NaN fails.
    if (!(std::abs(actual - expected) <= tolerance)) {
        std::ostringstream message;
        message.precision(9);
        message << text << ": is " << actual << ", expected " << expected << " ± " << tolerance;
        fail(file, line, message.str());
    }
}

/// Runs `action`, which shall throw ErrorType with `part` in its message.
template <typename ErrorType, typename Action>
void checkThrows(Action action, const std::string& part, const char* file, int line) {
    try {
        action();
    } catch (const ErrorType& error) {
        if (std::string(error.what()).find(part) == std::string::npos) {
            fail(file, line,
                 "the message is \"" + std::string(error.what()) + "\", without \"" + part + "\"");
        }
        return;
    }
    fail(file, line, "nothing was thrown, expected an error with \"" + part + "\"");
}

} // namespace nunatak::tests

#define NUNATAK_CHECK(condition)                                                                             \
    do {                                                                                                     \
        if (!(condition))                                                                                    \
            nunatak::tests::fail(__FILE__, __LINE__, #condition " is false");                                \
    } while (false)
#define NUNATAK_CHECK_EQUAL(actual, expected)                                                                \
    nunatak::tests::checkEqual(actual, expected, #actual, __FILE__, __LINE__)
#define NUNATAK_CHECK_NEAR(actual, expected, tolerance)                                                      \
    nunatak::tests::checkNear(actual, expected, tolerance, #actual, __FILE__, __LINE__)
/// NUNATAK_CHECK_THROWS(nunatak::Error, "part of its message", statement)
#define NUNATAK_CHECK_THROWS(errorType, part, ...)                                                           \
    nunatak::tests::checkThrows<errorType>([&] { __VA_ARGS__; }, part, __FILE__, __LINE__)
/// One row of plainTests(): NUNATAK_PLAIN_TEST(aFunction)
#define NUNATAK_PLAIN_TEST(function)                                                                         \
    nunatak::tests::PlainTest {                                                                              \
#function, &function                                                                                 \
    }
