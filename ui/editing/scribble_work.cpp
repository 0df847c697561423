// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/scribble_work.h"

#include "base/counted.h"
#include "base/error.h"
#include "editing/area_words.h"
#include "outlines/strokes.h"
#include "scribble/scribbled.h"
#include "ui/tools/refusal.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <utility>

namespace nunatak::ui::editing {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// "0.410 km² come, 0.021 km² go · 1 new · reviewed glaciers stay".
QString noteOf(const scribble::Scribbled& found) {
    const auto area = [](double squareMetres) {
        return QString::fromStdString(nunatak::editing::areaWords(squareMetres));
    };
    QStringList words;
    if (found.comes > 0 && found.goes > 0) {
        words << Words::tr("%1 come, %2 go").arg(area(found.comes), area(found.goes));
    } else if (found.comes > 0) {
        words << Words::tr("%1 come").arg(area(found.comes));
    } else if (found.goes > 0) {
        words << Words::tr("%1 go").arg(area(found.goes));
    } else {
        words << Words::tr("changes no outline: kept to learn from");
    }
    const QLocale locale;
    if (found.added > 0) {
        words << Words::tr("%1 new").arg(locale.toString(found.added));
    }
    if (found.gone > 0) {
        words << Words::tr("%1 gone").arg(locale.toString(found.gone));
    }
    if (found.kept > 0) {
        words << Words::tr("reviewed glaciers stay");
    }
    if (found.refused > 0) {
        words << Words::tr("%1 cannot be laid").arg(locale.toString(found.refused));
    }
    return words.join(QStringLiteral(" · "));
}

} // namespace

tools::Correction correctionBy(std::shared_ptr<const scribble::ViewFeatures> view, geo::Crs crs,
                               scribble::StrokeLayers kept) {
    return [view = std::move(view), crs = std::move(crs),
            kept = std::move(kept)](const tools::Scribble& drawn) {
        tools::Proposal proposal;
        scribble::Request request;
        request.layer = drawn.layer;
        request.crs = crs;
        for (const auto& stroke : drawn.strokes) {
            request.strokes.push_back({stroke.line, stroke.isIce});
        }
        request.neighbours = drawn.neighbours;
        request.like = drawn.like;
        try {
            nunatak::editing::EdgeIndices indices;
            auto found = scribble::scribbled(*view, nunatak::editing::Draft(drawn.layers, indices), request);
            proposal.note = noteOf(found);
            proposal.besides =
                scribble::keptStrokes(request.strokes, kept, outlines::strokePixels * view->grid.pixelSize);
            if (found.edit.empty()) {
                found.edit.description = "Keep " +
                                         counted(static_cast<long long>(request.strokes.size()), "stroke") +
                                         " to learn from";
            }
            proposal.done = QString::fromStdString(found.edit.description) + QLatin1Char('.');
            proposal.edit = std::move(found.edit);
        } catch (const Error& error) {
            tools::sayWhyNot(error, proposal);
        }
        return proposal;
    };
}

} // namespace nunatak::ui::editing
