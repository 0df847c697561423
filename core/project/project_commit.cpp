// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/utf8.h"
#include "editing/boundaries.h"
#include "geo/same_line.h"
#include "project/outline_codec.h"
#include "project/project_impl.h"
#include "project/side_outline.h"
#include "project/step_tools.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <set>
#include <utility>

// The doors: what becomes a step of the history.
namespace nunatak::project {

using outlines::LayerInfo;
using outlines::LayerKind;
using outlines::Outline;
using outlines::OutlineChange;

namespace {

bool reshapes(const OutlineChange& change) {
    return change.after && (!change.before || change.before->geometry != change.after->geometry);
}

/// True where the change drew something: a new outline, or another line. A vertex more or less on the line
/// that was there, as one gets whose neighbour is drawn, says nothing of the glacier.
bool draws(const OutlineChange& change) {
    return reshapes(change) &&
           (!change.before || geo::isPath(change.after->geometry) ||
            !geo::isSameLine(change.before->geometry, change.after->geometry, editing::onLine));
}

/// True where a verdict or a note is given, taken back or given again.
bool judges(const OutlineChange& change) {
    return change.before && change.after &&
           (change.before->review != change.after->review ||
            change.before->reviewRecord != change.after->reviewRecord);
}

/// Whose the verdict is now that a change was made by hand, and whether the line it was given on is there
/// still. What the same person says again stays of when it was said first.
outlines::ReviewRecord recordAfter(const OutlineChange& change, bool isDrawn, const std::string& analyst) {
    const Outline& after = *change.after;
    outlines::ReviewRecord record = after.reviewRecord;
    if (after.review == outlines::Review::NotReviewed && record.note.empty()) {
        return {};
    }
    if (isDrawn && after.review == outlines::Review::NotReviewed && !record.reviewer.empty()) {
        return record; // notes of others, of a piece or of what was joined
    }
    if (!judges(change)) {
        record.isOutdated =
            record.isOutdated || (isDrawn && change.before && after.review != outlines::Review::NotReviewed);
        return record;
    }
    const Outline& before = *change.before;
    if (before.review == after.review && before.reviewRecord.note == record.note && !isDrawn &&
        !before.reviewRecord.isOutdated && before.reviewRecord.reviewer == analyst) {
        return before.reviewRecord;
    }
    return {analyst, nowAsText(), record.note, false};
}

/// Null of a scene that shows no picture: an elevation model dates no glacier.
const scene::Scene* asPicture(const scene::Scene* scene) {
    const auto& rasters = scene != nullptr ? scene->rasters : std::vector<scene::SceneRaster>();
    const bool isRelief =
        !rasters.empty() && std::all_of(rasters.begin(), rasters.end(), [](const auto& raster) {
            return raster.feature == "dem" || raster.feature == "quality";
        });
    return isRelief ? nullptr : scene;
}

/// Side layers that something is drawn into and that are not there yet.
std::vector<outlines::LayerChange> layersMadeFor(const std::vector<OutlineChange>& changes,
                                                 const Project& project) {
    std::vector<outlines::LayerChange> made;
    std::set<std::string> names;
    for (const OutlineChange& change : changes) {
        const auto* kind = outlines::sideKindOf(std::string_view(change.layer));
        if (kind != nullptr && !change.before && !project.hasLayer(change.layer) &&
            names.insert(change.layer).second) {
            LayerInfo layer{change.layer, LayerKind::Side, {}, {}};
            layer.title = kind->title;
            made.push_back({std::nullopt, std::move(layer)});
        }
    }
    return made;
}

std::string nameOf(const scene::Scene& scene) {
    return scene.name.empty() ? scene.id : scene.name;
}

} // namespace

void Project::Impl::throwIfReference(const LayerInfo& layer) const {
    if (!outlines::isReference(layer.kind)) {
        return;
    }
    std::vector<std::string> inventories;
    for (const auto& other : layers) {
        if (other->info.kind == LayerKind::Inventory) {
            inventories.push_back(outlines::titleOf(other->info));
        }
    }
    throw Error("The layer " + outlines::titleOf(layer) + " is a reference and is never edited itself. " +
                (inventories.empty()
                     ? "Start an inventory from it and edit that."
                     : "Edit the glacier in " + listed(inventories) + ", or take the outline into it."));
}

std::string Project::Impl::whyOutsideEpoch(const OutlineChange& change, const LayerInfo& layer,
                                           const scene::Scene* picture) const {
    const bool decides = !change.after || judges(change); // what is there, as this picture shows it
    if (picture == nullptr || layer.kind != LayerKind::Inventory || change.isAlong ||
        (!decides && !draws(change)) || layer.epoch.covers(picture->date) ||
        (change.before && change.before->sceneId == picture->id)) {
        return {};
    }
    const std::string own = change.before ? change.before->srcDate : std::string();
    return "The picture " + nameOf(*picture) + " is of " + picture->date + ", and " +
           outlines::titleOf(layer) + " is of " + outlines::toString(layer.epoch) +
           (decides ? ". Decide by a picture of that time" : ". Draw on a picture of that time") +
           (own.empty() ? "" : ", such as the glacier's own of " + own) +
           ", or in an inventory of another epoch.";
}

void Project::Impl::throwIfOutsideEpoch(const std::vector<OutlineChange>& changes,
                                        const std::vector<outlines::LayerChange>& layerChanges) const {
    int outside = 0;
    const OutlineChange* first = nullptr;
    std::set<std::pair<std::string, std::string>> there; // layers and the dates that they have
    for (const OutlineChange& change : changes) {
        if (change.before) {
            there.emplace(change.layer, change.before->srcDate);
        }
    }
    const auto isKept = [&](const OutlineChange& change) { // of what is parted or joined
        return change.isAlong && there.contains({change.layer, change.after->srcDate});
    };
    for (const OutlineChange& change : changes) {
        const LayerInfo* layer = infoAfter(change.layer, layerChanges);
        if (layer != nullptr && layer->kind == LayerKind::Inventory && change.after &&
            !layer->epoch.covers(change.after->srcDate) && !isKept(change) &&
            !(change.before && change.before->srcDate == change.after->srcDate)) {
            first = outside++ == 0 ? &change : first;
        }
    }
    if (first != nullptr) {
        const LayerInfo& layer = *infoAfter(first->layer, layerChanges);
        throw Error(std::to_string(outside) + (outside == 1 ? " outline is" : " outlines are") +
                    " of other dates (" + first->after->srcDate + ") than " + outlines::titleOf(layer) +
                    " is of, " + outlines::toString(layer.epoch) +
                    ". Start an inventory of that epoch, or bring them in as a reference.");
    }
}

OutlineChange Project::Impl::stamped(const OutlineChange& change, LayerKind kind,
                                     const scene::Scene* picture) const {
    const bool isDrawn = draws(change);
    if (outlines::isReference(kind) || (!isDrawn && !judges(change))) {
        return change;
    }
    Outline after = *change.after;
    after.reviewRecord = recordAfter(change, isDrawn, analyst);
    // Who notes something of a glacier that nobody judged has neither drawn nor judged it.
    const bool isNote =
        !isDrawn && change.before && change.before->review == after.review &&
        (after.review == outlines::Review::NotReviewed || change.before->reviewRecord == after.reviewRecord);
    after.analyst = isNote ? after.analyst : analyst;
    // Who accepts a glacier that is of no picture yet says that this one shows it so.
    const bool isFound = !isDrawn && after.review == outlines::Review::Accepted && after.srcDate.empty() &&
                         after.sceneId.empty();
    if (isDrawn) {
        after.isChanged =
            kind == LayerKind::Inventory && (change.before || after.origin != outlines::Origin::Unknown);
        if (!change.before && after.origin == outlines::Origin::Unknown) {
            after.origin = outlines::Origin::Drawn;
        }
    }
    if (isDrawn || isFound) {
        const bool isItsOwn = picture != nullptr && picture->id == after.sceneId;
        if (picture != nullptr && !change.isAlong && !(isItsOwn && picture->date.empty())) {
            after.srcDate = picture->date; // unknown rather than another picture's
            after.sensor = picture->sensor;
            after.sceneId = picture->id;
        }
    }
    return {change.layer, change.before,
            after == *change.after ? change.after : outlines::share(std::move(after)), change.isAlong};
}

Committed Project::commit(const editing::Edit& edit, const Circumstances& at) {
    m_impl->throwUnlessWritable();
    // What comes back is of the picture that it was drawn on.
    const bool comesBack = edit.tool == tools::revert;
    const scene::Scene* picture = comesBack ? nullptr : asPicture(m_impl->findScene(at.picture));
    std::vector<OutlineChange> changes;
    changes.reserve(edit.changes.size());
    const auto made = layersMadeFor(edit.changes, *this);
    for (const OutlineChange& change : m_impl->checked(edit.changes, made, {})) {
        const LayerInfo info = *m_impl->infoAfter(change.layer, made);
        m_impl->throwIfReference(info);
        if (std::string why = m_impl->whyOutsideEpoch(change, info, picture); !why.empty()) {
            return {Committed::Outcome::OutsideEpoch, std::move(why)};
        }
        OutlineChange stamped =
            comesBack && !change.isAlong ? change : m_impl->stamped(change, info.kind, picture);
        if (!comesBack && info.kind == LayerKind::Side && draws(stamped)) {
            Outline described = describedIn(*this, info, *stamped.after);
            if (stamped.before) {
                described.attributes.erase(heightAttribute);
            }
            stamped.after = outlines::share(std::move(described));
        }
        if (!same(stamped.before, stamped.after)) { // who says the same again changes nothing
            changes.push_back(std::move(stamped));
        }
    }
    if (changes.empty()) {
        return {Committed::Outcome::NothingChanged, {}};
    }
    m_impl->throwIfOutsideEpoch(changes, made);
    NewStep step;
    step.description = edit.description;
    step.tool = edit.tool;
    step.picture = at.picture;
    step.layers = made;
    step.changes = std::move(changes);
    m_impl->record(std::move(step));
    return {};
}

void Project::take(LayerStep step) {
    m_impl->throwUnlessWritable();
    std::vector<OutlineChange> changes = m_impl->checked(step.changes, step.layers, step.onceIn);
    // A merge in which all is as it is here says so, too: the next one asks nothing of it again.
    if (changes.empty() && step.layers.empty() && step.merged.empty() && step.runs.empty() &&
        step.scenes.empty()) {
        return;
    }
    m_impl->throwIfOutsideEpoch(changes, step.layers);
    NewStep taken;
    taken.description = std::move(step.description);
    taken.tool = std::move(step.tool);
    taken.layers = std::move(step.layers);
    taken.changes = std::move(changes);
    for (const scene::Scene& scene : step.scenes) {
        m_impl->throwIfSceneIsTaken(scene);
        static_cast<void>(sceneRow(scene, m_impl->file)); // or nothing of the step is taken
    }
    taken.scenes = std::move(step.scenes);
    taken.merged = std::move(step.merged);
    for (const auto& run : step.runs) {
        taken.runs.push_back(*run);
    }
    m_impl->record(std::move(taken));
}

void Project::addLayer(const LayerInfo& layer) {
    take({"New layer " + outlines::titleOf(layer), tools::layers, {{std::nullopt, layer}}, {}, {}});
}

void Project::renameLayer(const std::string& name, const std::string& title) {
    const LayerInfo before = layer(name);
    LayerInfo after = before;
    after.title = asUtf8(title) == name ? std::string() : asUtf8(title);
    if (after != before) {
        take({"Rename " + outlines::titleOf(before) + " to " + outlines::titleOf(after),
              tools::layers,
              {{before, after}},
              {},
              {}});
    }
}

void Project::removeLayer(const std::string& name) {
    const LayerState& layer = m_impl->require(name);
    LayerStep step{"Remove layer " + outlines::titleOf(layer.info),
                   tools::layers,
                   {{layer.info, std::nullopt, m_impl->placeOf(name)}},
                   {},
                   {}};
    for (const OutlineHandle& outline : layer.outlines.all()) {
        step.changes.push_back({name, outline, nullptr});
    }
    take(std::move(step));
}

std::vector<LayerInfo> Project::inventories() const {
    std::vector<LayerInfo> found;
    for (const auto& layer : m_impl->layers) {
        if (layer->info.kind == LayerKind::Inventory) {
            found.push_back(layer->info);
        }
    }
    return found;
}

std::optional<LayerInfo> Project::inventoryOf(const std::string& date) const {
    const auto year = outlines::yearOf(date);
    std::optional<LayerInfo> nearest;
    int distance = std::numeric_limits<int>::max();
    for (LayerInfo& layer : inventories()) {
        // Any date may be in one without a year, but one of that time is meant rather.
        const int away = !year              ? 0
                         : layer.epoch.year ? std::abs(*year - *layer.epoch.year)
                                            : std::numeric_limits<int>::max() - 1;
        if (layer.epoch.covers(date) && away < distance) {
            distance = away;
            nearest = std::move(layer);
        }
    }
    return nearest;
}

const review::ReviewCount& Project::reviewCount(const std::string& layer) const {
    return m_impl->require(layer).reviews;
}

} // namespace nunatak::project
