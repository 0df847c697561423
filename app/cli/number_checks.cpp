// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/number_checks.h"

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace nunatak::cli {

namespace {

/// @param name what help shows behind the type, such as "> 0".
template <typename Number, typename Allowed>
CLI::Validator check(const std::string& name, const std::string& wanted, Allowed allowed) {
    return {[wanted, allowed](std::string& text) {
                Number number{};
                if (!CLI::detail::lexical_cast(text, number)) {
                    return fmt::format("\"{}\" is no {}number; it wants {}", text,
                                       std::is_integral_v<Number> ? "whole " : "", wanted);
                }
                // Written so that a NaN is refused.
                return allowed(number) ? std::string() : fmt::format("wants {}, not {}", wanted, text);
            },
            name};
}

} // namespace

CLI::Validator positive() {
    return check<double>("> 0", "a number above 0",
                         [](double number) { return number > 0 && std::isfinite(number); });
}

CLI::Validator notNegative() {
    return check<double>("0 or more", "a number from 0 on",
                         [](double number) { return number >= 0 && std::isfinite(number); });
}

CLI::Validator between(double lowest, double highest) {
    return check<double>(fmt::format("{:g} to {:g}", lowest, highest),
                         fmt::format("a number from {:g} to {:g}", lowest, highest),
                         [=](double number) { return number >= lowest && number <= highest; });
}

CLI::Validator wholeBetween(int lowest, int highest) {
    return check<int>(fmt::format("{} to {}", lowest, highest),
                      fmt::format("a whole number from {} to {}", lowest, highest),
                      [=](int number) { return number >= lowest && number <= highest; });
}

} // namespace nunatak::cli
