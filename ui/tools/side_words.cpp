// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/side_words.h"

#include <QCoreApplication>

#include <map>
#include <string_view>

namespace nunatak::ui::tools {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

const outlines::SideKind* sideKindEdited(const Scene& scene) {
    const std::string layer = scene.editedLayer();
    return !layer.empty() && scene.draft().mayOverlap(layer) ? outlines::sideKindOf(std::string_view(layer))
                                                             : nullptr;
}

outlines::Outline likeEdited(const Scene& scene) {
    outlines::Outline like;
    if (const auto* kind = sideKindEdited(scene)) {
        like.attributes[outlines::lineTypeAttribute] = std::string(kind->term);
    }
    return like;
}

QString titleOf(const outlines::SideKind& kind) {
    const std::map<std::string_view, QString> titles{
        {"debris_cov", Words::tr("Debris cover")},         {"supra_lake", Words::tr("Supraglacial lakes")},
        {"pro_lake", Words::tr("Proglacial lakes")},       {"snow_line", Words::tr("Snow lines")},
        {"centerline", Words::tr("Centre lines")},         {"terminus", Words::tr("Terminus lines")},
        {"highest", Words::tr("Highest points")},          {"lowest", Words::tr("Lowest points")},
        {"reviewed_ground", Words::tr("Reviewed ground")}, {"ice_stroke", Words::tr("Strokes of ice")},
        {"no_ice_stroke", Words::tr("Strokes of no ice")}};
    return titles.at(kind.term);
}

QString whyNoGround(const outlines::SideKind& kind) {
    return kind.shape == geo::ShapeKind::Point ? Words::tr("%1 are placed with the key .").arg(titleOf(kind))
                                               : Words::tr("%1 are drawn with the key ,").arg(titleOf(kind));
}

} // namespace nunatak::ui::tools
