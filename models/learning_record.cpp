// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/learning_record.h"

#include "base/error.h"
#include "base/json_trouble.h"
#include "base/whole_file.h"
#include "manifest_fields.h"

#include <fstream>
#include <iterator>

namespace nunatak::models {

namespace {

constexpr std::uintmax_t largestFile = 4 << 20;
constexpr const char* fileName = "learning.json";

/// The whole of a curve in as few numbers as may be kept.
std::pair<std::vector<double>, int> shortened(const std::vector<double>& losses, int stepsOfALoss) {
    const auto each = (losses.size() + LearningRecord::longestCurve - 1) / LearningRecord::longestCurve;
    if (each <= 1) {
        return {losses, stepsOfALoss};
    }
    std::vector<double> curve;
    for (std::size_t begin = 0; begin < losses.size(); begin += each) {
        const auto end = std::min(begin + each, losses.size());
        double sum = 0;
        for (std::size_t i = begin; i < end; ++i) {
            sum += losses[i];
        }
        curve.push_back(sum / static_cast<double>(end - begin));
    }
    return {curve, stepsOfALoss * static_cast<int>(each)};
}

double numberIn(const Json& value, const Fields& fields, const std::string& field) {
    if (!value.is_number() || !std::isfinite(value.get<double>())) {
        fields.fail(fields.path(field), "holds what is not a number");
    }
    return value.get<double>();
}

LearningRecord recordFrom(const Fields& fields) {
    LearningRecord record;
    record.title = fields.text("title", "");
    record.parent = fields.text("parent", "");
    record.parentVersion = fields.integer("parent_version");
    for (const auto& value : fields.list("from")) {
        const auto from = fields.item(value, "from", record.from.size());
        record.from.push_back({from.text("scene", ""), from.text("date", ""), from.integer("glaciers"),
                               from.text("fingerprint", "")});
    }
    for (const auto& [name, value] : fields.object("settings").json().items()) {
        record.settings[name] = fields.object("settings").text(name);
    }
    for (const auto& value : fields.list("losses")) {
        record.losses.push_back(numberIn(value, fields, "losses"));
    }
    record.stepsOfALoss = fields.integer("steps_of_a_loss");
    for (const auto& value : fields.list("measured")) {
        const auto at = fields.item(value, "measured", record.measured.size());
        record.measured.emplace_back(at.integer("step"), at.number("iou"));
    }
    record.reviewed = fields.integer("reviewed");
    record.heldOut = fields.integer("held_out");
    record.before = fields.number("iou_before");
    record.after = fields.number("iou_after");
    record.bestStep = fields.integer("best_step");
    return record;
}

} // namespace

std::optional<LearningRecord> learningRecordOf(const StoredModel& model) {
    const auto file = model.folder / fileName;
    std::error_code problem;
    if (!std::filesystem::exists(file, problem)) {
        return std::nullopt;
    }
    const auto refuse = [&](const std::string& why) {
        throw Error("The record of how the model " + model.manifest.name + " learnt, " + file.string() +
                    ", cannot be read: " + why + ".");
    };
    if (!std::filesystem::is_regular_file(file, problem) ||
        std::filesystem::file_size(file, problem) > largestFile || problem) {
        refuse("it is no file of such a record");
    }
    std::ifstream stream(file);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    Json json;
    try {
        json = Json::parse(text, [](int depth, Json::parse_event_t, Json&) { return depth <= 8; });
    } catch (const Json::parse_error& error) {
        refuse("it is not valid JSON: it " + jsonTrouble(text, error.byte));
    }
    const Fields fields(json, "", file);
    if (fields.text("format", "") != "nunatak-learning") {
        refuse("its format is not \"nunatak-learning\"");
    }
    if (fields.text("fingerprint", "") != model.manifest.fingerprint) {
        return std::nullopt;
    }
    return recordFrom(fields);
}

void storeLearningRecord(const LearningRecord& record, const StoredModel& model) {
    const auto [losses, each] = shortened(record.losses, record.stepsOfALoss);
    nlohmann::ordered_json from = nlohmann::ordered_json::array();
    for (const auto& scene : record.from) {
        from.push_back({{"scene", scene.scene},
                        {"date", scene.date},
                        {"glaciers", scene.glaciers},
                        {"fingerprint", scene.fingerprint}});
    }
    nlohmann::ordered_json measured = nlohmann::ordered_json::array();
    for (const auto& [step, iou] : record.measured) {
        measured.push_back({{"step", step}, {"iou", iou}});
    }
    const nlohmann::ordered_json json{{"format", "nunatak-learning"},
                                      {"fingerprint", model.manifest.fingerprint},
                                      {"title", record.title},
                                      {"parent", record.parent},
                                      {"parent_version", record.parentVersion},
                                      {"from", from},
                                      {"settings", record.settings},
                                      {"reviewed", record.reviewed},
                                      {"held_out", record.heldOut},
                                      {"iou_before", record.before},
                                      {"iou_after", record.after},
                                      {"best_step", record.bestStep},
                                      {"measured", measured},
                                      {"steps_of_a_loss", each},
                                      {"losses", losses}};
    const std::string text =
        json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    writeWholeFile(model.folder / fileName, {text});
}

std::string titleOf(const StoredModel& model) {
    try {
        if (const auto record = learningRecordOf(model); record && !record->title.empty()) {
            return record->title;
        }
    } catch (const Error&) { // a damaged record is told where somebody asks for it
    }
    return model.manifest.name;
}

} // namespace nunatak::models
