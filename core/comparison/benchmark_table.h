// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/pixel_agreement.h"

#include <map>
#include <string>
#include <vector>

namespace nunatak::comparison {

/// The table of Maslov et al. (2025): pixels are pooled in each group, the average is the plain mean over
/// regions, the deviation that of the population. Regions without a value for a measure are left out of its
/// mean.
class BenchmarkTable {
public:
    using Groups = std::map<std::string, PixelAgreement>;

    /// @param group how pixels are pooled and what they are called, such as {"regions", "ALP"},
    /// {"subregions", "ALP1"}
    void add(const std::string& kind, const std::string& group, const PixelAgreement& pixels);
    /// Adds all groups of another table.
    void add(const BenchmarkTable& other);
    /// By kind, in the order in which they came first; averages are over the first.
    const std::vector<std::pair<std::string, Groups>>& kinds() const { return m_kinds; }

    struct Measures {
        double accuracy = 0, precision = 0, recall = 0, f1 = 0, iou = 0;
    };
    Measures average() const;
    Measures deviation() const;

    /// {"regions": {"ALP": {"tp", "tn", "fp", "fn", "accuracy", …}}, …, "average": {…}, "std": {…}}; NaN is
    /// null.
    std::string toJson() const;
    /// For a terminal.
    std::string toText() const;

private:
    std::vector<std::pair<std::string, Groups>> m_kinds;
};

} // namespace nunatak::comparison
