// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
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
    std::map<std::string, std::string> attributes;
    for (const auto& [key, value] : outline.attributes) {
        attributes[asUtf8(key)] = asUtf8(value);
    }
    outline.attributes = std::move(attributes);
}

} // namespace

void Project::apply(const std::string& description, const std::vector<OutlineChange>& changes) {
    m_impl->throwUnlessWritable();
    std::vector<OutlineChange> checked = m_impl->checked(changes, {});
    for (const OutlineChange& change : checked) {
        const LayerInfo& layer = m_impl->require(change.layer).info;
        if (layer.kind != LayerKind::Corrected && change.before && change.after &&
            change.before->geometry != change.after->geometry) {
            throw Error("Outlines of the " + outlines::toString(layer.kind) + " layer " + layer.name +
                        " are never edited. Edit their copies in a corrected layer.");
        }
    }
    if (!checked.empty()) {
        m_impl->record(description, 0, {}, std::move(checked));
    }
}

std::string Project::editGeometry(const std::string& layer, const std::string& uuid,
                                  const geo::MultiPolygon& geometry, const std::string& description) {
    m_impl->throwUnlessWritable();
    const LayerState& source = m_impl->require(layer);
    const OutlineHandle original = source.outlines.find(uuid);
    if (!original) {
        throw Error("The layer " + layer + " has no outline " + uuid + " any more. Look at it again.");
    }
    std::string target = layer;
    OutlineHandle now = original;
    std::vector<LayerState> newLayers;
    if (source.info.kind != LayerKind::Corrected) {
        target.clear();
        now = nullptr;
        // Where this glacier was corrected before, else the first layer of corrections that fits.
        for (const auto& candidate : m_impl->layers) {
            if (!fits(candidate->info, source.info)) {
                continue;
            }
            const OutlineHandle corrected = candidate->outlines.find(uuid);
            if (corrected || target.empty()) {
                target = candidate->info.name;
                now = corrected;
            }
            if (corrected) {
                break;
            }
        }
        if (target.empty()) {
            target = m_impl->freeName("corrected");
            newLayers.push_back(
                {{target, LayerKind::Corrected, source.info.sceneId, source.info.date}, {}, {}, {}});
        }
    }
    Outline edited = now ? *now : *original;
    edited.geometry = geometry;
    std::vector<OutlineChange> changes =
        m_impl->checked({{target, now, outlines::share(std::move(edited))}}, newLayers);
    if (!changes.empty()) {
        m_impl->record(description, 0, std::move(newLayers), std::move(changes));
    }
    return target;
}

std::vector<OutlineHandle> readyForImport(const LayerInfo& layer, std::vector<Outline> outlines) {
    std::vector<OutlineHandle> ready;
    ready.reserve(outlines.size());
    std::set<std::string> uuids;
    for (Outline& outline : outlines) {
        if (outline.geometry.empty()) {
            continue;
        }
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
