// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_impl.h"

#include "base/error.h"
#include "base/utf8.h"
#include "project/outline_codec.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <set>
#include <utility>

#include <strings.h>

namespace nunatak::project {

namespace {

std::string nowAsText() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::string text(20, '\0');
    std::strftime(text.data(), text.size() + 1, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

bool equalIgnoringCase(const std::string& a, const std::string& b) {
    return ::strcasecmp(a.c_str(), b.c_str()) == 0;
}

std::string nameOf(const outlines::Outline& outline) {
    return outline.name.empty() ? outline.uuid : outline.name;
}

} // namespace

bool same(const OutlineHandle& a, const OutlineHandle& b) {
    return a == b || (a && b && *a == *b);
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    }
    return text.empty() ? "none" : text;
}

database::LayerRow toRow(const LayerState& layer) {
    return {.name = layer.info.name,
            .kind = outlines::toString(layer.info.kind),
            .scene = layer.info.sceneId,
            .date = layer.info.date,
            .model = layer.model,
            .modelFingerprint = layer.modelFingerprint};
}

Project::Impl::~Impl() {
    if (saver) {
        saver->close();
    }
}

LayerState* Project::Impl::find(const std::string& name) {
    const auto found = std::find_if(layers.begin(), layers.end(),
                                    [&](const auto& layer) { return layer->info.name == name; });
    return found == layers.end() ? nullptr : found->get();
}

LayerState& Project::Impl::require(const std::string& name) {
    if (LayerState* layer = find(name)) {
        return *layer;
    }
    std::vector<std::string> names;
    for (const auto& layer : layers) {
        names.push_back(layer->info.name);
    }
    throw Error("The project has no layer \"" + name + "\". Its layers are: " + listed(names) + ".");
}

bool Project::Impl::isNameTaken(const std::string& name) const {
    return std::any_of(layers.begin(), layers.end(),
                       [&](const auto& layer) { return equalIgnoringCase(layer->info.name, name); }) ||
           std::any_of(otherTables.begin(), otherTables.end(),
                       [&](const std::string& table) { return equalIgnoringCase(table, name); });
}

void Project::Impl::throwUnlessWritable() const {
    if (!saver) {
        throw Error("The project " + file.string() + " is open read-only and cannot be changed.");
    }
}

void Project::Impl::throwUnlessChangeable(const std::string& layer) const {
    if (const auto found = locked.find(layer); found != locked.end()) {
        throw Error("The layer " + layer + " cannot be changed: " + found->second +
                    " Import it from the project's file into a new layer to work with it.");
    }
}

void Project::Impl::throwUnlessFree(const outlines::LayerInfo& layer) const {
    if (!database::isUsableLayerName(layer.name)) {
        throw Error("\"" + layer.name +
                    "\" cannot be a layer's name. Use letters, digits and underscores, a letter first, and "
                    "not a name that "
                    "GeoPackage keeps for itself.");
    }
    if (isNameTaken(layer.name)) {
        throw Error("The project has a layer or table \"" + layer.name + "\" already. Choose another name.");
    }
}

const scene::Scene* Project::Impl::findScene(const std::string& id) const {
    const auto found =
        std::find_if(scenes.begin(), scenes.end(), [&](const auto& scene) { return scene.id == id; });
    return found == scenes.end() ? nullptr : &*found;
}

const database::RunRow* Project::Impl::newestRun(const std::string& layer) const {
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (run->layer == layer && log.isInEffect(run->step)) {
            return &*run;
        }
    }
    return nullptr;
}

std::vector<outlines::OutlineChange>
Project::Impl::checked(const std::vector<outlines::OutlineChange>& changes,
                       const std::vector<LayerState>& newLayers) const {
    std::vector<outlines::OutlineChange> merged;
    std::map<std::pair<std::string, std::string>, std::size_t> places;
    for (const outlines::OutlineChange& change : changes) {
        throwUnlessChangeable(change.layer);
        if (!change.before && !change.after) {
            throw Error("A change of layer " + change.layer +
                        " says neither what was before nor what comes after.");
        }
        if (change.before && change.after && change.before->uuid != change.after->uuid) {
            throw Error("The outline " + nameOf(*change.before) + " cannot get another UUID.");
        }
        if (change.after) {
            if (const std::string reason = whyNotStorable(*change.after); !reason.empty()) {
                throw Error("The outline " + nameOf(*change.after) + " " + reason + " and cannot be kept.");
            }
        }
        const std::string& uuid = change.after ? change.after->uuid : change.before->uuid;
        const auto [place, isFirst] = places.try_emplace({change.layer, uuid}, merged.size());
        OutlineHandle now;
        if (isFirst) {
            const bool isNewLayer =
                std::any_of(newLayers.begin(), newLayers.end(),
                            [&](const LayerState& layer) { return layer.info.name == change.layer; });
            now = isNewLayer && find(change.layer) == nullptr ? nullptr
                                                              : require(change.layer).outlines.find(uuid);
        } else {
            now = merged[place->second].after;
        }
        if (!same(now, change.before)) {
            throw Error(change.before ? "The outline " + nameOf(*change.before) + " of layer " +
                                            change.layer + " has changed meanwhile. Look at it again."
                                      : "The layer " + change.layer + " has an outline " +
                                            nameOf(*change.after) + " already.");
        }
        if (isFirst) {
            merged.push_back({change.layer, now, change.after});
        } else {
            merged[place->second].after = change.after;
        }
    }
    std::erase_if(merged, [](const auto& change) { return same(change.before, change.after); });
    return merged;
}

std::vector<database::LayerRow> Project::Impl::put(std::vector<LayerState> layersPut) {
    std::vector<database::LayerRow> rows;
    for (LayerState& layer : layersPut) {
        rows.push_back(toRow(layer));
        if (LayerState* known = find(layer.info.name)) {
            known->info = layer.info;
            known->model = layer.model;
            known->modelFingerprint = layer.modelFingerprint;
        } else {
            layers.push_back(std::make_unique<LayerState>(std::move(layer)));
        }
    }
    return rows;
}

void Project::Impl::record(const std::string& description, std::int64_t undoes,
                           std::vector<LayerState> layersPut, std::vector<outlines::OutlineChange> changes,
                           std::optional<database::RunRow> run) {
    auto edit = std::make_shared<PendingEdit>();
    const bool layersChange = !layersPut.empty();
    edit->rest.layers = put(std::move(layersPut));
    std::set<std::string> touched;
    for (const outlines::OutlineChange& change : changes) {
        LayerState& layer = require(change.layer);
        if (change.after) {
            layer.outlines.put(change.after);
        } else {
            layer.outlines.remove(change.before->uuid);
        }
        touched.insert(change.layer);
    }
    for (const std::string& name : touched) {
        const geo::Extent extent = require(name).outlines.extent();
        edit->rest.extents[name] =
            extent.empty() ? std::nullopt
                           : std::optional(database::Box{extent.xmin, extent.ymin, extent.xmax, extent.ymax});
    }
    const HistoryStep step{log.nextId(), nowAsText(), asUtf8(description), undoes};
    log.add(step);
    edit->rest.step = database::HistoryRow{step.id, step.time, step.description, step.undoes};
    if (run) {
        run->step = step.id;
        run->time = step.time;
        edit->rest.run = run;
        runs.push_back(std::move(*run));
    }
    edit->changes = changes;
    saver->add(std::move(edit));
    if (layersChange) {
        tell(Event::Kind::LayersChanged);
    }
    tell(Event::Kind::OutlinesChanged, std::move(changes));
}

void Project::Impl::save(database::Transaction transaction) {
    auto edit = std::make_shared<PendingEdit>();
    edit->rest = std::move(transaction);
    saver->add(std::move(edit));
}

void Project::Impl::tell(Event::Kind kind, std::vector<outlines::OutlineChange> changes) {
    listeners.tell({kind, std::move(changes)});
}

} // namespace nunatak::project
