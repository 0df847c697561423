// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/utf8.h"
#include "project/attribute_codec.h"
#include "project/outline_codec.h"
#include "project/project_impl.h"

#include <algorithm>
#include <set>
#include <utility>

namespace nunatak::project {

namespace {

using outlines::LayerInfo;
using outlines::LayerKind;
using outlines::Outline;
using outlines::OutlineChange;
using outlines::Review;

/// True when corrections of a layer may lie in that corrected layer: the same scene, or one of them knows
/// none.
bool fits(const LayerInfo& corrected, const LayerInfo& source) {
    return corrected.kind == LayerKind::Corrected &&
           (corrected.sceneId == source.sceneId || corrected.sceneId.empty() || source.sceneId.empty());
}

void makeTextsUtf8(Outline& outline) {
    for (std::string* text : {&outline.name, &outline.srcDate, &outline.sceneId, &outline.sensor,
                              &outline.model, &outline.modelFingerprint, &outline.run, &outline.uuid}) {
        *text = asUtf8(*text);
    }
    outlines::Attributes attributes;
    for (const auto& [key, value] : outline.attributes) {
        attributes[asUtf8(key)] = value.string() != nullptr && value.type() == outlines::AttributeType::Text
                                      ? asUtf8(value.text())
                                      : value;
    }
    outline.attributes = std::move(attributes);
}

/// A layer of another project has its attributes in one column: each becomes an attribute again.
void unpackAttributes(Outline& outline) {
    const auto packed = outline.attributes.find("attributes");
    if (packed == outline.attributes.end() || outline.uuid.empty()) {
        return;
    }
    Outline unpacked;
    setAttributesFromJson(unpacked, packed->second.text());
    const bool isKeptWhole = unpacked.attributes.contains("attributes");
    if (isKeptWhole) {
        return;
    }
    outline.attributes.erase(packed);
    for (auto& [name, value] : unpacked.attributes) {
        outline.attributes.emplace(name, std::move(value));
    }
    // What they say of the shape they say of the one that was there.
    outline.describedShape = unpacked.describedShape == outline.describedShape ? outline.describedShape : 0;
}

} // namespace

void Project::apply(const std::string& description, const std::vector<OutlineChange>& changes) {
    m_impl->throwUnlessWritable();
    std::vector<OutlineChange> checked = m_impl->checked(changes, {});
    for (const OutlineChange& change : checked) {
        const LayerInfo& layer = m_impl->require(change.layer).info;
        if (layer.kind != LayerKind::Corrected && change.before && change.after &&
            (change.before->geometry != change.after->geometry ||
             change.before->review != change.after->review)) {
            throw Error("Outlines of the " + outlines::toString(layer.kind) + " layer " + layer.name +
                        " are never edited. Edit their copies in a corrected layer.");
        }
    }
    if (!checked.empty()) {
        m_impl->record(description, 0, {}, std::move(checked));
    }
}

void Project::apply(const std::string& description, const LayerInfo& layer,
                    const std::vector<OutlineChange>& changes) {
    if (hasLayer(layer.name)) {
        apply(description, changes);
        return;
    }
    m_impl->throwUnlessWritable();
    m_impl->throwUnlessFree(layer);
    std::vector<LayerState> layers;
    layers.push_back({layer, {}, {}, {}});
    std::vector<OutlineChange> checked = m_impl->checked(changes, layers);
    m_impl->record(description, 0, std::move(layers), std::move(checked));
}

const LayerState* Project::Impl::correctedLayerFor(const LayerState& source, const std::string& uuid) const {
    const LayerState* first = nullptr;
    for (const auto& candidate : layers) {
        if (!fits(candidate->info, source.info) || locked.contains(candidate->info.name)) {
            continue;
        }
        if (candidate->outlines.find(uuid)) {
            return candidate.get();
        }
        if (first == nullptr) {
            first = candidate.get();
        }
    }
    return first;
}

std::string Project::Impl::edit(const std::string& layer, const std::string& uuid,
                                const std::string& description, const std::function<void(Outline&)>& change) {
    throwUnlessWritable();
    const LayerState& source = require(layer);
    const OutlineHandle original = source.outlines.find(uuid);
    if (!original) {
        throw Error("The layer " + layer + " has no outline " + uuid + " any more. Look at it again.");
    }
    const bool isCorrected = source.info.kind == LayerKind::Corrected && !locked.contains(layer);
    const LayerState* carrier = isCorrected ? &source : correctedLayerFor(source, uuid);
    const OutlineHandle now = carrier != nullptr ? carrier->outlines.find(uuid) : nullptr;
    Outline edited = now ? *now : *original;
    change(edited);
    if (!now && edited == *original) {
        return layer; // a copy that says nothing new is none
    }
    std::string target = carrier != nullptr ? carrier->info.name : freeName("corrected");
    std::vector<LayerState> newLayers;
    if (carrier == nullptr) {
        newLayers.push_back(
            {{target, LayerKind::Corrected, source.info.sceneId, source.info.date}, {}, {}, {}});
    }
    std::vector<OutlineChange> changes =
        checked({{target, now, outlines::share(std::move(edited))}}, newLayers);
    if (!changes.empty()) {
        record(description, 0, std::move(newLayers), std::move(changes));
    }
    return target;
}

std::string Project::editGeometry(const std::string& layer, const std::string& uuid,
                                  const geo::MultiPolygon& geometry, const std::string& description) {
    return m_impl->edit(layer, uuid, description, [&](Outline& outline) { outline.geometry = geometry; });
}

std::string Project::reviewOutline(const std::string& layer, const std::string& uuid, Review review,
                                   const std::string& description) {
    return m_impl->edit(layer, uuid, description, [&](Outline& outline) { outline.review = review; });
}

Review Project::reviewOf(const std::string& layer, const std::string& uuid) const {
    const LayerState& source = m_impl->require(layer);
    const LayerState* carrier =
        source.info.kind == LayerKind::Corrected ? &source : m_impl->correctedLayerFor(source, uuid);
    const OutlineHandle corrected = carrier != nullptr ? carrier->outlines.find(uuid) : nullptr;
    const OutlineHandle outline = corrected ? corrected : source.outlines.find(uuid);
    return outline ? outline->review : Review::NotReviewed;
}

ReviewCount Project::reviewCount(const std::string& layer) const {
    ReviewCount count;
    for (const OutlineHandle& outline : m_impl->require(layer).outlines.all()) {
        const Review review = reviewOf(layer, outline->uuid);
        count.accepted += review == Review::Accepted ? 1 : 0;
        count.doubtful += review == Review::Doubtful ? 1 : 0;
        ++count.outlines;
    }
    return count;
}

std::vector<OutlineHandle> readyForImport(const LayerInfo& layer, std::vector<Outline> outlines) {
    std::vector<OutlineHandle> ready;
    ready.reserve(outlines.size());
    std::set<std::string> uuids;
    for (Outline& outline : outlines) {
        if (outline.geometry.empty()) {
            continue;
        }
        unpackAttributes(outline);
        makeTextsUtf8(outline);
        if (outline.uuid.empty() || !uuids.insert(outline.uuid).second) {
            outline.uuid = outlines::makeUuid();
            uuids.insert(outline.uuid);
        }
        if (outline.srcDate.empty()) {
            outline.srcDate = layer.date;
        }
        if (outline.sceneId.empty()) {
            outline.sceneId = layer.sceneId;
        }
        ready.push_back(outlines::share(std::move(outline)));
    }
    return ready;
}

int Project::importOutlines(const LayerInfo& layer, std::vector<Outline> imported) {
    const LayerState* known = m_impl->find(layer.name);
    const bool isDescribed = known != nullptr && known->outlines.size() > 0;
    return importOutlines(layer, readyForImport(isDescribed ? known->info : layer, std::move(imported)));
}

int Project::importOutlines(const LayerInfo& layer, const std::vector<OutlineHandle>& ready) {
    m_impl->throwUnlessWritable();
    const LayerState* known = m_impl->find(layer.name);
    std::vector<LayerState> layersPut;
    if (known == nullptr) {
        m_impl->throwUnlessFree(layer);
        layersPut.push_back({layer, {}, {}, {}});
    } else if (known->info.kind != layer.kind) {
        throw Error("The layer " + layer.name + " is of kind " + outlines::toString(known->info.kind) +
                    ", not " + outlines::toString(layer.kind) + ". Choose another layer.");
    } else if (known->outlines.size() == 0 && known->info != layer) {
        layersPut.push_back({layer, known->model, known->modelFingerprint, {}});
    }

    std::vector<OutlineChange> changes;
    changes.reserve(ready.size());
    for (const OutlineHandle& outline : ready) {
        changes.push_back(
            {layer.name, known == nullptr ? nullptr : known->outlines.find(outline->uuid), outline});
    }
    const int count = static_cast<int>(changes.size());
    changes = m_impl->checked(changes, layersPut);
    if (changes.empty() && !layersPut.empty()) {
        database::Transaction transaction;
        transaction.layers = m_impl->put(std::move(layersPut));
        m_impl->save(std::move(transaction));
        m_impl->tell(Event::Kind::LayersChanged);
    } else if (!changes.empty()) {
        m_impl->record("Import " + std::to_string(count) + " outlines into " + layer.name, 0,
                       std::move(layersPut), std::move(changes));
    }
    return count;
}

} // namespace nunatak::project
