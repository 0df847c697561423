// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_impl.h"

#include "base/error.h"
#include "base/utf8.h"
#include "outlines/ground.h"
#include "outlines/outline_name.h"
#include "outlines/side_kind.h"
#include "project/outline_codec.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <set>
#include <utility>

#include <strings.h>

namespace nunatak::project {

namespace {

bool equalIgnoringCase(const std::string& a, const std::string& b) {
    return ::strcasecmp(a.c_str(), b.c_str()) == 0;
}

std::string nameOrUuid(const outlines::Outline& outline) {
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

std::string nowAsText() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::string text(20, '\0');
    std::strftime(text.data(), text.size() + 1, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

void LayerState::apply(const outlines::OutlineChange& change) {
    reviews.note(change);
    if (change.after) {
        outlines.put(change.after);
    } else {
        outlines.remove(change.before->uuid);
    }
}

Project::Impl::~Impl() {
    if (saver) {
        rescueBeforeEnd();
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
    for (const auto& known : layers) {
        const std::string& name = known->info.name;
        if (name != layer.name && ::strcasecmp(name.c_str(), layer.name.c_str()) == 0) {
            throw Error("The project has the layer \"" + name +
                        "\", and capitals alone make no other one of \"" + layer.name +
                        "\". Write it as it is, or choose another name.");
        }
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

const outlines::LayerInfo* Project::Impl::infoAfter(const std::string& layer,
                                                    const std::vector<outlines::LayerChange>& changes) const {
    for (const outlines::LayerChange& change : changes) {
        if (change.after && change.after->name == layer) {
            return &*change.after;
        }
    }
    const LayerState* known = find(layer);
    return known == nullptr ? nullptr : &known->info;
}

void Project::Impl::throwUnlessFitting(const std::vector<outlines::LayerChange>& changes) const {
    for (const outlines::LayerChange& change : changes) {
        if (change.before) {
            throwUnlessChangeable(change.before->name);
            if (require(change.before->name).info != *change.before) {
                throw Error("The layer " + outlines::titleOf(*change.before) +
                            " has changed meanwhile. Look at it again.");
            }
        } else {
            throwUnlessFree(*change.after);
        }
        if (!change.after || change.after->kind != outlines::LayerKind::Inventory) {
            continue;
        }
        for (const auto& layer : layers) {
            if (layer->info.kind == outlines::LayerKind::Inventory &&
                layer->info.name != change.after->name &&
                layer->info.epoch.name == change.after->epoch.name) {
                throw Error(
                    "There is an inventory of " +
                    (layer->info.epoch.name.empty() ? "no epoch" : "the epoch " + layer->info.epoch.name) +
                    " already: " + layer->info.name + ". Bring the outlines into it, or name another epoch.");
            }
        }
    }
}

std::vector<const database::RunRow*> Project::Impl::runsOf(const std::string& name) const {
    const LayerState& layer = require(name);
    std::set<std::string> sources{name};
    if (layer.info.kind == outlines::LayerKind::Inventory) {
        std::set<std::string> named;
        for (const OutlineHandle& outline : layer.outlines.all()) {
            named.insert(outline->run);
        }
        for (const database::RunRow& run : runs) {
            if (named.contains(run.id)) {
                sources.insert(run.layer);
            }
        }
    }
    std::vector<const database::RunRow*> found;
    for (const database::RunRow& run : runs) {
        if (sources.contains(run.layer) && log.isInEffect(run.step)) {
            found.push_back(&run);
        }
    }
    return found;
}

std::vector<outlines::OutlineChange>
Project::Impl::checked(const std::vector<outlines::OutlineChange>& changes,
                       const std::vector<outlines::LayerChange>& layerChanges,
                       const std::string& onceIn) const {
    throwUnlessFitting(layerChanges);
    std::vector<outlines::OutlineChange> merged;
    std::map<std::pair<std::string, std::string>, std::size_t> places;
    for (const outlines::OutlineChange& change : changes) {
        throwUnlessChangeable(change.layer);
        if (!change.before && !change.after) {
            throw Error("A change of layer " + change.layer +
                        " says neither what was before nor what comes after.");
        }
        if (change.before && change.after && change.before->uuid != change.after->uuid) {
            throw Error("The outline " + nameOrUuid(*change.before) + " cannot get another UUID.");
        }
        if (change.after) {
            if (const std::string reason = whyNotStorable(*change.after); !reason.empty()) {
                throw Error("The outline " + nameOrUuid(*change.after) + " " + reason +
                            " and cannot be kept.");
            }
            const outlines::LayerInfo* layer = infoAfter(change.layer, layerChanges);
            const std::string held =
                layer == nullptr ? std::string() : outlines::whyNotIn(*layer, change.after->geometry);
            if (!held.empty()) {
                throw Error("The layer " + outlines::titleOf(*layer) + " " + held + ", and " +
                            nameOrUuid(*change.after) + " is none of these.");
            }
        }
        const std::string& uuid = change.after ? change.after->uuid : change.before->uuid;
        const auto [place, isFirst] = places.try_emplace({change.layer, uuid}, merged.size());
        OutlineHandle now;
        if (isFirst) {
            const bool isNewLayer =
                find(change.layer) == nullptr && infoAfter(change.layer, layerChanges) != nullptr;
            now = isNewLayer ? nullptr : require(change.layer).outlines.find(uuid);
        } else {
            now = merged[place->second].after;
        }
        if (!same(now, change.before)) {
            const outlines::LayerInfo* info = infoAfter(change.layer, layerChanges);
            const std::string layer = info != nullptr ? outlines::titleOf(*info) : change.layer;
            throw Error(change.before
                            ? "Meanwhile " + outlines::nameInSentence(*change.before) + " of " + layer +
                                  " has changed. Look at it again."
                            : layer + " has " + outlines::nameInSentence(*change.after) + " already.");
        }
        if (isFirst) {
            merged.push_back({change.layer, now, change.after, change.isAlong});
        } else {
            merged[place->second].after = change.after;
            merged[place->second].isAlong = merged[place->second].isAlong && change.isAlong;
        }
    }
    std::erase_if(merged, [](const auto& change) { return same(change.before, change.after); });
    throwIfTwice(merged, layerChanges, onceIn);
    return merged;
}

void Project::Impl::throwIfTwice(const std::vector<outlines::OutlineChange>& changes,
                                 const std::vector<outlines::LayerChange>& layerChanges,
                                 const std::string& onceIn) const {
    // What was found to be no glacier and is one again comes in like a new one: another may be drawn there.
    const auto comesIn = [](const outlines::OutlineChange& change) {
        return !change.before || (change.after && change.before->review == outlines::Review::Removed &&
                                  change.after->review != outlines::Review::Removed);
    };
    std::map<std::string, outlines::OutlineSet> inventories; // as they were but for what changes
    for (const outlines::OutlineChange& change : changes) {
        const outlines::LayerInfo* info = infoAfter(change.layer, layerChanges);
        if (info == nullptr || info->kind != outlines::LayerKind::Inventory || !comesIn(change)) {
            continue;
        }
        const LayerState* known = find(change.layer);
        if (known == nullptr && change.layer == onceIn) {
            continue; // nothing else can have come into it
        }
        inventories.try_emplace(change.layer);
        if (known == nullptr) {
            continue;
        }
        for (const OutlineHandle& neighbour : known->outlines.in(change.after->extent())) {
            if (neighbour->review !=
                outlines::Review::Removed) { // a glacier may be drawn where none was found
                inventories[change.layer].put(neighbour);
            }
        }
    }
    for (const outlines::OutlineChange& change : changes) {
        if (const auto set = inventories.find(change.layer); set != inventories.end() && change.before) {
            set->second.remove(change.before->uuid);
            if (change.after && !comesIn(change) && change.after->review != outlines::Review::Removed) {
                set->second.put(change.after);
            }
        }
    }
    for (const outlines::OutlineChange& change : changes) {
        const auto set = inventories.find(change.layer);
        if (set == inventories.end() || !comesIn(change)) {
            continue;
        }
        if (const OutlineHandle other = outlines::sameGroundIn(set->second, *change.after)) {
            const bool isNamedAlike = nameOrUuid(*change.after) == nameOrUuid(*other);
            const auto called = [&](const outlines::Outline& outline) {
                return nameOrUuid(outline) + (isNamedAlike ? " (" + outline.uuid + ")" : "");
            };
            throw Error("The inventory " + outlines::titleOf(*infoAfter(change.layer, layerChanges)) +
                        " has that glacier already: " + called(*change.after) + " covers the ground of " +
                        called(*other) +
                        ". Change or remove that one, each glacier is in an inventory once.");
        }
        set->second.put(change.after);
    }
}

int Project::Impl::placeOf(const std::string& name) const {
    const auto found = std::find_if(layers.begin(), layers.end(),
                                    [&](const auto& layer) { return layer->info.name == name; });
    return static_cast<int>(found - layers.begin());
}

void Project::Impl::apply(const outlines::LayerChange& change) {
    if (change.before && change.after) {
        require(change.before->name).info = *change.after;
    } else if (change.after) {
        const auto last = static_cast<int>(layers.size());
        const int place = change.place < 0 ? last : std::min(change.place, last);
        layers.insert(layers.begin() + place,
                      std::make_unique<LayerState>(LayerState{*change.after, {}, {}}));
    } else {
        layers.erase(layers.begin() + placeOf(change.before->name));
    }
}

void Project::Impl::record(NewStep step) {
    rescueIfOverwritten();
    auto edit = std::make_shared<PendingEdit>();
    for (const outlines::LayerChange& change : step.layers) {
        if (change.after) {
            apply(change);
        }
    }
    std::set<std::string> touched;
    for (const outlines::OutlineChange& change : step.changes) {
        require(change.layer).apply(change);
        touched.insert(change.layer);
    }
    for (const outlines::LayerChange& change : step.layers) {
        if (!change.after) {
            apply(change);
            touched.erase(change.before->name);
        }
    }
    for (const std::string& name : touched) {
        const geo::Extent extent = require(name).outlines.extent();
        edit->rest.extents[name] =
            extent.empty() ? std::nullopt
                           : std::optional(database::Box{extent.xmin, extent.ymin, extent.xmax, extent.ymax});
    }
    Event event{Event::Kind::Step,
                {log.nextId(), nowAsText(), asUtf8(step.description), step.undoes, asUtf8(step.tool), analyst,
                 step.picture},
                std::move(step.layers),
                std::move(step.changes)};
    log.add(event.step);
    edit->rest.step =
        database::HistoryRow{event.step.id,   event.step.time,    event.step.description, event.step.undoes,
                             event.step.tool, event.step.analyst, event.step.picture};
    for (database::RunRow& run : step.runs) {
        run.step = event.step.id;
        run.time = run.time.empty() ? event.step.time : run.time;
        edit->rest.runs.push_back(run);
        runs.push_back(std::move(run));
    }
    for (const scene::Scene& scene : step.scenes) {
        edit->rest.scenes.push_back(sceneRow(scene, file, event.step.id));
        bring(scene, event.step.id);
    }
    const bool haveScenesChanged = !step.scenes.empty() || (step.undoes != 0 && showScenes());
    for (const MergedStep& with : step.merged) {
        MergedStep& kept = mergedSteps.emplace_back(with);
        kept.step = event.step.id;
        edit->rest.merged.push_back(toRow(kept));
        kept.outlines = {};
    }
    edit->changes = event.changes;
    edit->layers = event.layers;
    hand(std::move(edit));
    if (haveScenesChanged) {
        tell({Event::Kind::ScenesChanged, {}, {}, {}});
    }
    tell(std::move(event));
}

void Project::Impl::hand(std::shared_ptr<PendingEdit> edit) {
    if (together) {
        together->push_back(std::move(edit));
    } else {
        saver->add(std::move(edit));
    }
}

void Project::Impl::save(database::Transaction transaction) {
    auto edit = std::make_shared<PendingEdit>();
    edit->rest = std::move(transaction);
    hand(std::move(edit));
}

void Project::Impl::tell(Event event) {
    listeners.tell(event);
}

} // namespace nunatak::project
