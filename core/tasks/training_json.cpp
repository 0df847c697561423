// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/training_json.h"

#include "base/error.h"
#include "geo/shape_operations.h"

#include <cstdint>

namespace nunatak::tasks {

using Json = nlohmann::json;

namespace {

constexpr int version = 1;

std::string hexOf(const std::vector<std::uint8_t>& bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const auto byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::vector<std::uint8_t> bytesOf(const std::string& hex) {
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        throw Error("not hexadecimal");
    };
    std::vector<std::uint8_t> bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<std::uint8_t>(digit(hex[i]) << 4 | digit(hex[i + 1])));
    }
    return bytes;
}

Json shapesJson(const std::vector<geo::MultiPolygon>& shapes) {
    Json list = Json::array();
    for (const auto& shape : shapes) {
        list.push_back(hexOf(geo::toWkb(shape)));
    }
    return list;
}

std::vector<geo::MultiPolygon> shapesFrom(const Json& json) {
    std::vector<geo::MultiPolygon> shapes;
    for (const auto& shape : json) {
        shapes.push_back(geo::fromWkb(bytesOf(shape.get<std::string>())));
    }
    return shapes;
}

Json areaJson(const training::TrainingArea& area) {
    return {{"crs", area.crs.wkt()},
            {"glaciers", shapesJson(area.glaciers)},
            {"removed", shapesJson(area.removed)},
            {"looked_at", area.lookedAt ? shapesJson({*area.lookedAt}) : Json()},
            {"margin", area.margin},
            {"changed", shapesJson(area.changed)},
            {"regions", shapesJson(area.regions)},
            {"complete", area.complete},
            {"region", area.region}};
}

training::TrainingArea areaFrom(const Json& json) {
    training::TrainingArea area;
    area.crs = geo::Crs::fromUserInput(json.at("crs").get<std::string>());
    area.glaciers = shapesFrom(json.at("glaciers"));
    area.removed = shapesFrom(json.at("removed"));
    if (!json.at("looked_at").is_null()) {
        area.lookedAt = shapesFrom(json.at("looked_at")).at(0);
    }
    area.margin = json.at("margin").get<double>();
    area.changed = shapesFrom(json.at("changed"));
    area.regions = shapesFrom(json.at("regions"));
    area.complete = json.at("complete").get<bool>();
    area.region = json.at("region").get<std::string>();
    return area;
}

Json optionsJson(const training::TrainingOptions& options) {
    return {{"title", options.title},
            {"steps", options.steps},
            {"batch", options.batch},
            {"rate", options.rate},
            {"label_smoothing", options.labelSmoothing},
            {"focal_gamma", options.focalGamma},
            {"augment", options.augment},
            {"changed_weight", options.changedWeight},
            {"replay_share", options.replayShare},
            {"hold_out", options.holdOut},
            {"batch_norm_frozen", options.batchNormFrozen},
            {"parts", static_cast<int>(options.parts)},
            {"seed", options.seed},
            {"measure", options.measure}};
}

training::TrainingOptions optionsFrom(const Json& json) {
    training::TrainingOptions options;
    json.at("title").get_to(options.title);
    json.at("steps").get_to(options.steps);
    json.at("batch").get_to(options.batch);
    json.at("rate").get_to(options.rate);
    json.at("label_smoothing").get_to(options.labelSmoothing);
    json.at("focal_gamma").get_to(options.focalGamma);
    json.at("augment").get_to(options.augment);
    json.at("changed_weight").get_to(options.changedWeight);
    json.at("replay_share").get_to(options.replayShare);
    json.at("hold_out").get_to(options.holdOut);
    json.at("batch_norm_frozen").get_to(options.batchNormFrozen);
    options.parts = static_cast<models::LearningParts>(json.at("parts").get<int>());
    json.at("seed").get_to(options.seed);
    json.at("measure").get_to(options.measure);
    return options;
}

void checkFormat(const Json& json, const char* format) {
    if (json.at("format").get<std::string>() != format || json.at("format_version").get<int>() != version) {
        throw Error("another format");
    }
}

} // namespace

Json toJson(const TrainingRun& run) {
    Json areas = Json::array();
    for (const auto& area : run.areas) {
        areas.push_back(areaJson(area));
    }
    return {{"format", "nunatak-training"},
            {"format_version", version},
            {"name", run.name},
            {"layer", run.layer},
            {"scene", run.scene},
            {"parent", run.parent},
            {"fingerprint", run.fingerprint},
            {"began", run.began},
            {"options", optionsJson(run.options)},
            {"areas", areas}};
}

TrainingRun runFrom(const Json& json) {
    checkFormat(json, "nunatak-training");
    TrainingRun run;
    json.at("name").get_to(run.name);
    json.at("layer").get_to(run.layer);
    json.at("scene").get_to(run.scene);
    json.at("parent").get_to(run.parent);
    json.at("fingerprint").get_to(run.fingerprint);
    json.at("began").get_to(run.began);
    run.options = optionsFrom(json.at("options"));
    for (const auto& area : json.at("areas")) {
        run.areas.push_back(areaFrom(area));
    }
    if (run.areas.empty()) {
        throw Error("no areas");
    }
    return run;
}

Json toJson(const training::TrainingState& state) {
    Json measured = Json::array();
    for (const auto& at : state.measured) {
        measured.push_back({at.step, at.iou});
    }
    return {{"format", "nunatak-checkpoint"},
            {"format_version", version},
            {"step", state.step},
            {"dice", state.dice},
            {"losses", state.losses},
            {"measured", measured},
            {"best_step", state.best.step},
            {"best_iou", state.best.iou},
            {"best_most", state.best.most}};
}

training::TrainingState stateFrom(const Json& json) {
    checkFormat(json, "nunatak-checkpoint");
    training::TrainingState state;
    json.at("step").get_to(state.step);
    json.at("dice").get_to(state.dice);
    json.at("losses").get_to(state.losses);
    for (const auto& at : json.at("measured")) {
        state.measured.push_back({at.at(0).get<int>(), at.at(1).get<double>()});
    }
    json.at("best_step").get_to(state.best.step);
    json.at("best_iou").get_to(state.best.iou);
    json.at("best_most").get_to(state.best.most);
    if (state.step < 1 || state.losses.size() != static_cast<std::size_t>(state.step)) {
        throw Error("its curve does not fit its step");
    }
    return state;
}

} // namespace nunatak::tasks
