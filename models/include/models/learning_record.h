// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/registry.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::models {

/// A scene and the outlines on it that a model learnt from.
struct LearntFrom {
    std::string scene; ///< its name
    std::string date;  ///< ISO; empty: unknown
    int glaciers = 0;
    std::string fingerprint; ///< of the outlines: 16 hexadecimal digits, the same for the same shapes
    bool operator==(const LearntFrom&) const = default;
};

/// How a model became what it is: learning.json beside model.json. A model without one was made elsewhere, or
/// before there were any.
struct LearningRecord {
    std::string title;  ///< the name that a person chose, such as "Everest, after 37 glaciers"
    std::string parent; ///< name of the model it was taught from
    int parentVersion = 1;
    std::vector<LearntFrom> from;
    std::map<std::string, std::string> settings; ///< such as steps, rate, seed: by name, as text
    std::vector<double> losses; ///< the curve, at most `longestCurve` numbers, each the mean of as many steps
    int stepsOfALoss = 1;
    std::vector<std::pair<int, double>> measured; ///< step and IoU; step 0: before it learnt
    int reviewed = 0;                             ///< glaciers that somebody had reviewed
    int heldOut = 0;                              ///< of these; 0: the IoU is of what it learnt from
    double before = 0;                            ///< IoU before it learnt
    double after = 0;                             ///< IoU of the weights that were kept
    int bestStep = 0;                             ///< after which they were
    static constexpr std::size_t longestCurve = 1000;
    bool operator==(const LearningRecord&) const = default;
};

/// None where there is none, or it is not of these weights. Throws Error, naming the file, where it is
/// damaged.
std::optional<LearningRecord> learningRecordOf(const StoredModel& model);
/// Puts it beside the model's files. Throws Error.
void storeLearningRecord(const LearningRecord& record, const StoredModel& model);

/// What people read for a model: the title of its record, else its name. Never throws.
std::string titleOf(const StoredModel& model);
/// A name for the registry out of a title: "everest-after-37-glaciers". Letters that a name cannot have are
/// left out; "model" where nothing is left.
std::string nameFromTitle(const std::string& title);

/// The models that one came from, in steps of learning, and those that came from it or from these, the newest
/// first; with itself. By fingerprints, so a name may mean another one today.
std::vector<StoredModel> versionsOf(const StoredModel& model, const std::vector<StoredModel>& all);

} // namespace nunatak::models
