// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/training_run.h"

#include "base/error.h"
#include "base/staging_folder.h"
#include "base/whole_file.h"
#include "models/safetensors.h"
#include "tasks/training_json.h"

#include <array>
#include <fstream>
#include <iterator>
#include <map>

namespace nunatak::tasks {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

constexpr std::array checkpoints{"checkpoint-1", "checkpoint-2"};
constexpr const char* runFile = "run.json";
constexpr std::uintmax_t largestFile = 1U << 30;

std::optional<Json> readJson(const fs::path& file) {
    std::error_code problem;
    if (!fs::exists(file, problem)) {
        return std::nullopt;
    }
    if (fs::file_size(file, problem) > largestFile || problem) {
        throw Error("The file " + file.string() + " is far larger than what is kept of a training.");
    }
    std::ifstream stream(file);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    try {
        return Json::parse(text);
    } catch (const std::exception&) {
        throw Error("The file " + file.string() + " is damaged.");
    }
}

/// The step of a checkpoint; none where there is none that can be read.
std::optional<int> stepOf(const fs::path& folder, const char* checkpoint) {
    try {
        const auto json = readJson(folder / (std::string(checkpoint) + ".json"));
        return json ? std::optional(json->at("step").get<int>()) : std::nullopt;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

training::TrainingState readCheckpoint(const fs::path& folder, const char* checkpoint) {
    const auto file = folder / (std::string(checkpoint) + ".json");
    const auto weights = folder / (std::string(checkpoint) + ".safetensors");
    const auto json = readJson(file);
    try {
        auto state = stateFrom(json.value());
        if (models::fileSha256(weights) != json->at("fingerprint").get<std::string>()) {
            throw Error("its weights are not those it was written for");
        }
        auto tensors = models::readSafetensors(weights);
        const auto take = [&tensors](const std::string& prefix) {
            models::NamedTensors taken;
            for (auto& [name, tensor] : tensors) {
                if (name.starts_with(prefix)) {
                    taken.emplace(name.substr(prefix.size()), std::move(tensor));
                }
            }
            return taken;
        };
        state.network = take("now/");
        state.best.of = take("best/");
        return state;
    } catch (const std::exception& error) {
        throw Error("The checkpoint " + file.string() + " is damaged (" + error.what() + ").");
    }
}

} // namespace

bool TrainingFolder::isEmpty() const {
    std::error_code ignored;
    return !fs::exists(m_folder / runFile, ignored);
}

std::optional<TrainingRun> TrainingFolder::interrupted() const {
    const auto json = readJson(m_folder / runFile);
    if (!json) {
        return std::nullopt;
    }
    TrainingRun run;
    try {
        run = runFrom(*json);
    } catch (const std::exception&) {
        throw Error("What was kept of an interrupted training in " + m_folder.string() +
                    " is damaged; discard it and begin the training anew.");
    }
    for (const auto* checkpoint : checkpoints) {
        run.step = std::max(run.step, stepOf(m_folder, checkpoint).value_or(0));
    }
    return run;
}

void TrainingFolder::begin(const TrainingRun& run) const {
    remove();
    std::error_code problem;
    fs::create_directories(m_folder, problem);
    if (problem) {
        throw Error("The training cannot be kept: the folder " + m_folder.string() + " cannot be made (" +
                    problem.message() + ").");
    }
    writeWholeFile(m_folder / runFile, {toJson(run).dump() + "\n"});
}

void TrainingFolder::keep(const training::TrainingState& state) const {
    // In place of the older one: the newer stays until this one is whole.
    const auto first = stepOf(m_folder, checkpoints[0]);
    const auto second = stepOf(m_folder, checkpoints[1]);
    const std::string name = first.value_or(-1) <= second.value_or(-1) ? checkpoints[0] : checkpoints[1];
    models::NamedTensors tensors;
    for (const auto& [each, tensor] : state.network) {
        tensors["now/" + each] = tensor;
    }
    for (const auto& [each, tensor] : state.best.of) {
        tensors["best/" + each] = tensor;
    }
    const auto weights = m_folder / (name + ".safetensors");
    models::writeSafetensors(tensors, {{"format", "nunatak-checkpoint"}}, weights);
    auto json = toJson(state);
    json["fingerprint"] = models::fileSha256(weights);
    writeWholeFile(m_folder / (name + ".json"), {json.dump() + "\n"});
}

std::optional<training::TrainingState> TrainingFolder::newest(std::vector<std::string>& notes) const {
    std::multimap<int, const char*, std::greater<>> bySteps;
    std::error_code ignored;
    for (const auto* checkpoint : checkpoints) {
        if (fs::exists(m_folder / (std::string(checkpoint) + ".json"), ignored)) {
            // One whose step cannot be read is tried last, to be told of.
            bySteps.emplace(stepOf(m_folder, checkpoint).value_or(-1), checkpoint);
        }
    }
    for (const auto& [step, checkpoint] : bySteps) {
        try {
            return readCheckpoint(m_folder, checkpoint);
        } catch (const Error& error) {
            notes.push_back(std::string(error.what()) + " Learning goes on from the one before it.");
        }
    }
    if (!notes.empty()) {
        notes.back() = "No checkpoint of the training is whole; it begins at its first step again.";
    }
    return std::nullopt;
}

void TrainingFolder::remove() const {
    std::error_code ignored;
    fs::remove(m_folder / runFile, ignored); // first: without it there is no training
    for (const std::string checkpoint : checkpoints) {
        fs::remove(m_folder / (checkpoint + ".json"), ignored);
        fs::remove(m_folder / (checkpoint + ".safetensors"), ignored);
    }
    if (fs::is_directory(m_folder, ignored)) {
        // What one left that was killed while it wrote a checkpoint would keep the folder.
        StagingFolder::removeLeftovers(m_folder);
        fs::remove(m_folder, ignored);
    }
}

} // namespace nunatak::tasks
