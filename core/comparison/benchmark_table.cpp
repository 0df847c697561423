// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/benchmark_table.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace nunatak::comparison {

namespace {

using Json = nlohmann::ordered_json;
using Measures = BenchmarkTable::Measures;

/// Each measure with its name, its way into PixelAgreement and its place in Measures.
struct Measure {
    const char* name;
    double (PixelAgreement::*of)() const;
    double Measures::*in;
};

constexpr Measure measures[] = {
    {"accuracy", &PixelAgreement::accuracy, &Measures::accuracy},
    {"precision", &PixelAgreement::precision, &Measures::precision},
    {"recall", &PixelAgreement::recall, &Measures::recall},
    {"f1", &PixelAgreement::f1, &Measures::f1},
    {"iou", &PixelAgreement::iou, &Measures::iou},
};

std::vector<double> values(const BenchmarkTable::Groups& groups, const Measure& measure) {
    std::vector<double> all;
    for (const auto& [name, pixels] : groups) {
        if (const double value = (pixels.*measure.of)(); std::isfinite(value)) {
            all.push_back(value);
        }
    }
    return all;
}

double mean(const std::vector<double>& numbers) {
    double sum = 0;
    for (const double number : numbers) {
        sum += number;
    }
    return numbers.empty() ? std::numeric_limits<double>::quiet_NaN()
                           : sum / static_cast<double>(numbers.size());
}

/// None where there is nothing to differ from.
double populationDeviation(std::vector<double> numbers) {
    if (numbers.size() < 2) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const double middle = mean(numbers);
    for (double& number : numbers) {
        number = (number - middle) * (number - middle);
    }
    return std::sqrt(mean(numbers));
}

Measures summary(const std::vector<std::pair<std::string, BenchmarkTable::Groups>>& kinds,
                 double (*summarise)(const std::vector<double>&)) {
    Measures result;
    for (const auto& measure : measures) {
        result.*measure.in =
            summarise(kinds.empty() ? std::vector<double>() : values(kinds.front().second, measure));
    }
    return result;
}

Json asJson(const Measures& summary) {
    Json json;
    for (const auto& measure : measures) {
        json[measure.name] = summary.*measure.in; // NaN becomes null
    }
    return json;
}

std::string line(const std::string& name, std::size_t width, const Measures& row) {
    const auto shown = [](double number) {
        return std::isnan(number) ? std::string("–") : fmt::format("{:.4f}", number);
    };
    return fmt::format("{:<{}} {:>8} {:>10} {:>8} {:>8} {:>9}\n", name, width, shown(row.iou),
                       shown(row.precision), shown(row.recall), shown(row.f1), shown(row.accuracy));
}

std::size_t widestName(const std::vector<std::pair<std::string, BenchmarkTable::Groups>>& kinds) {
    std::size_t width = 14;
    for (const auto& [kind, groups] : kinds) {
        for (const auto& [name, pixels] : groups) {
            width = std::max(width, name.size());
        }
    }
    return width;
}

} // namespace

void BenchmarkTable::add(const std::string& kind, const std::string& group, const PixelAgreement& pixels) {
    auto found = std::ranges::find(m_kinds, kind, [](const auto& entry) { return entry.first; });
    if (found == m_kinds.end()) {
        found = m_kinds.insert(m_kinds.end(), {kind, {}});
    }
    found->second[group] += pixels;
}

void BenchmarkTable::add(const BenchmarkTable& other) {
    for (const auto& [kind, groups] : other.m_kinds) {
        for (const auto& [group, pixels] : groups) {
            add(kind, group, pixels);
        }
    }
}

Measures BenchmarkTable::average() const {
    return summary(m_kinds, [](const std::vector<double>& numbers) { return mean(numbers); });
}

Measures BenchmarkTable::deviation() const {
    return summary(m_kinds, [](const std::vector<double>& numbers) { return populationDeviation(numbers); });
}

std::string BenchmarkTable::toJson() const {
    Json json;
    for (const auto& [kind, groups] : m_kinds) {
        Json& list = json[kind] = Json::object();
        for (const auto& [name, pixels] : groups) {
            Json entry{{"tp", pixels.truePositive},
                       {"tn", pixels.trueNegative},
                       {"fp", pixels.falsePositive},
                       {"fn", pixels.falseNegative}};
            for (const auto& measure : measures) {
                entry[measure.name] = (pixels.*measure.of)();
            }
            list[name] = entry;
        }
    }
    json["average"] = asJson(average());
    json["std"] = asJson(deviation());
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string BenchmarkTable::toText() const {
    std::string text;
    const auto width = widestName(m_kinds);
    for (const auto& [kind, groups] : m_kinds) {
        text += fmt::format("{:<{}} {:>8} {:>10} {:>8} {:>8} {:>9}\n", kind, width, "IoU", "precision",
                            "recall", "F1", "accuracy");
        for (const auto& [name, pixels] : groups) {
            Measures row;
            for (const auto& measure : measures) {
                row.*measure.in = (pixels.*measure.of)();
            }
            text += line(name, width, row);
        }
        if (&kind == &m_kinds.front().first) {
            text += line("average", width, average()) + line("std. dev.", width, deviation());
        }
        text += "\n";
    }
    return text;
}

} // namespace nunatak::comparison
