// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/import_survey.h"

#include "base/counted.h"
#include "base/error.h"
#include "outlines/ground.h"
#include "project/outline_import.h"
#include "project/project.h"

#include <map>
#include <set>

namespace nunatak::project {

using outlines::LayerKind;
using outlines::Outline;
using outlines::OutlineChange;
using outlines::OutlineHandle;
using outlines::OutlineSet;

namespace {

/// Identifiers of a glacier, as "rgi_id RGI2000-v7.0-G-11-00001".
std::vector<std::string> idsOf(const Outline& outline) {
    std::vector<std::string> ids;
    for (const char* key : {"rgi_id", "glims_id"}) {
        const auto found = outline.attributes.find(key);
        if (found != outline.attributes.end() && !found->second.text().empty()) {
            ids.push_back(std::string(key) + " " + found->second.text());
        }
    }
    return ids;
}

/// Finds what of a layer stands for an outline that comes.
class Known {
public:
    explicit Known(const OutlineSet& outlines) : m_outlines(outlines) {
        for (const OutlineHandle& outline : outlines.all()) {
            for (const auto& id : idsOf(*outline)) {
                m_byId.emplace(id, outline);
            }
        }
    }

    OutlineHandle byUuid(const Outline& outline) const { return m_outlines.find(outline.uuid); }
    /// GLIMS gives all parts of a glacier one id, so there may be several.
    std::vector<OutlineHandle> byId(const outlines::SharedOutline& outline) const {
        std::vector<OutlineHandle> found;
        for (const auto& id : idsOf(outline)) {
            const auto [first, end] = m_byId.equal_range(id);
            for (auto one = first; one != end; ++one) {
                found.push_back(one->second);
            }
        }
        return found;
    }
    std::vector<OutlineHandle> byGround(const outlines::SharedOutline& outline) const {
        auto found = m_outlines.in(outline.extent());
        std::erase_if(found,
                      [&](const OutlineHandle& other) { return !outlines::isSameGround(outline, *other); });
        return found;
    }

private:
    const OutlineSet& m_outlines;
    std::multimap<std::string, OutlineHandle> m_byId;
};

/// What comes, as the outline that is there: with its UUID, and what the file does not say.
OutlineHandle asTheOneThere(const Outline& there, const Outline& coming) {
    Outline outline = coming;
    outline.uuid = there.uuid;
    outline.name = coming.name.empty() ? there.name : coming.name;
    if (outline.attributes.empty()) {
        outline.attributes = there.attributes;
        outline.describedShape = there.describedShape;
    }
    return outlines::share(std::move(outline));
}

} // namespace

bool ImportSurvey::needsChoice() const {
    return layer.kind != LayerKind::Inventory && sameId + sameGround > 0;
}

ImportSurvey surveyImport(const outlines::LayerInfo& layer, bool isNewLayer, const OutlineSet& known,
                          const std::vector<geo::Extent>& scenes, const std::vector<OutlineHandle>& ready) {
    ImportSurvey survey;
    survey.layer = layer;
    survey.isNewLayer = isNewLayer;
    survey.hasScenes = !scenes.empty();
    survey.inLayer = static_cast<int>(known.size());
    survey.outlines = static_cast<int>(ready.size());
    survey.elsewhere = scenes.empty() ? 0 : countElsewhere(ready, scenes);
    const Known there(known);
    for (const OutlineHandle& outline : ready) {
        if (there.byUuid(*outline)) {
            ++survey.sameUuid;
        } else if (!there.byId(*outline).empty()) {
            ++survey.sameId;
        } else if (!there.byGround(*outline).empty()) {
            ++survey.sameGround;
        }
    }
    return survey;
}

std::vector<std::string> sentencesOf(const ImportSurvey& survey) {
    std::vector<std::string> sentences;
    if (survey.hasScenes && survey.elsewhere > 0) {
        sentences.push_back(elsewhereSentence(survey.elsewhere, survey.outlines));
    }
    if (survey.alreadyThere() > 0) {
        std::string how;
        const auto add = [&how](int count, const char* what) {
            if (count > 0) {
                how += (how.empty() ? "" : ", ") + std::to_string(count) + " " + what;
            }
        };
        add(survey.sameUuid, "with the same UUID");
        add(survey.sameId, "with the same RGI or GLIMS id");
        add(survey.sameGround, "on the same ground");
        sentences.push_back(
            "Of " + counted(survey.outlines, "outline") + ", " + std::to_string(survey.alreadyThere()) +
            (survey.alreadyThere() == 1 ? " is" : " are") + " already in layer " + survey.layer.name + " (" +
            how + "), which has " + std::to_string(survey.inLayer) + ".");
    }
    return sentences;
}

void throwUnlessClear(const ImportSurvey& survey, ImportMode mode, const std::string& choices) {
    if (mode == ImportMode::Unsaid && survey.needsChoice()) {
        throw Error(sentencesOf(survey).back() + " " + choices);
    }
}

std::vector<OutlineChange> replacingImport(const std::string& layer, const OutlineSet& known,
                                           const std::vector<OutlineHandle>& ready) {
    const Known there(known);
    std::set<std::string> taken; // UUIDs of the layer that stand for somebody who comes
    std::vector<OutlineChange> changes;
    std::map<std::string, OutlineHandle> gone;
    // Those that say who they are go first: nobody else gets their UUID.
    for (const OutlineHandle& outline : ready) {
        if (const auto same = there.byUuid(*outline)) {
            taken.insert(same->uuid);
        }
    }
    for (const OutlineHandle& outline : ready) {
        OutlineHandle standsFor = there.byUuid(*outline);
        std::vector<OutlineHandle> others = there.byGround(*outline);
        for (auto& same : there.byId(*outline)) {
            others.push_back(std::move(same));
        }
        for (const OutlineHandle& other : others) {
            if (!standsFor && taken.insert(other->uuid).second) {
                standsFor = other;
            } else {
                gone.emplace(other->uuid, other);
            }
        }
        changes.push_back({layer, standsFor, standsFor ? asTheOneThere(*standsFor, *outline) : outline});
    }
    for (const auto& [uuid, outline] : gone) {
        if (!taken.contains(uuid)) {
            changes.push_back({layer, outline, nullptr});
        }
    }
    return changes;
}

std::string freeLayerName(const Project& project, const std::string& name) {
    std::string free = name;
    for (int number = 2; project.hasLayer(free); ++number) {
        free = name + "_" + std::to_string(number);
    }
    return free;
}

} // namespace nunatak::project
