// SPDX-License-Identifier: GPL-3.0-or-later
#include "measures/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace nunatak::measures {

namespace {

Measure share(const char* id, const char* title, const char* meaning, double (*compute)(const Figures&)) {
    return {id, title, title, "", "", 1, 3, Kind::Share, false, false, meaning, compute};
}

Measure area(const char* id, const char* title, const char* shortTitle, bool isSigned, const char* meaning,
             double (*compute)(const Figures&)) {
    return {id, title, shortTitle, "m²", "km²", 1e-6, 3, Kind::Area, isSigned, false, meaning, compute};
}

Measure distance(const char* id, const char* title, const char* shortTitle, bool needsExactShapes,
                 const char* meaning, double (*compute)(const Figures&)) {
    return {id, title, shortTitle, "m", "m", 1, 1, Kind::Distance, false, needsExactShapes, meaning, compute};
}

double deviation(const Figures& figures) {
    return figures.modelArea - figures.expertArea;
}

std::vector<Measure> made() {
    std::vector<Measure> list{
        share("iou", "IoU", "Intersection over union of the model's and the expert's ice",
              [](const Figures& f) { return f.iou; }),
        share("precision", "Precision", "How much of the model's ice is the expert's, too",
              [](const Figures& f) { return f.precision; }),
        share("recall", "Recall", "How much of the expert's ice is the model's, too",
              [](const Figures& f) { return f.recall; }),
        // The harmonic mean of precision and recall, which has a value where one of them has none.
        share("f1", "F1", "Harmonic mean of precision and recall (Dice)",
              [](const Figures& f) { return 2 * f.iou / (1 + f.iou); }),
        area("expertArea", "Expert area", "expert", false, "Area of the expert's outline that is compared",
             [](const Figures& f) { return f.expertArea; }),
        area("modelArea", "Model area", "model", false, "Area of the model's ice counted for this glacier",
             [](const Figures& f) { return f.modelArea; }),
        area("deviation", "Deviation", "dev.", true, "Model's area less the expert's", deviation),
        {"deviationPercent", "Deviation", "dev.", "%", "%", 1, 1, Kind::Area, true, false,
         "Model's area less the expert's, in per cent of the expert's",
         [](const Figures& f) { return f.expertArea > 0 ? 100 * deviation(f) / f.expertArea : unknown; }},
        distance("meanBoundaryDistance", "Mean distance", "mean", false,
                 "Mean distance between the two boundaries, both directions",
                 [](const Figures& f) { return f.meanBoundaryDistance; }),
        distance("medianBoundaryDistance", "Median distance", "median", true,
                 "Median distance between the two boundaries, both directions",
                 [](const Figures& f) { return f.medianBoundaryDistance; }),
        distance("rmseBoundaryDistance", "RMSE", "RMSE", true,
                 "Root of the mean squared distance between the two boundaries",
                 [](const Figures& f) { return f.rmseBoundaryDistance; }),
        distance("boundaryDistance90", "90th percentile", "p90", true,
                 "Nine tenths of both boundaries are as near to the other one as this, or nearer",
                 [](const Figures& f) { return f.boundaryDistance90; }),
        distance("boundaryDistance95", "95th percentile", "p95", true,
                 "All but a twentieth of both boundaries is as near to the other one as this, or nearer",
                 [](const Figures& f) { return f.boundaryDistance95; }),
        distance("maxBoundaryDistance", "Max distance", "max", false,
                 "Largest distance between the two boundaries (Hausdorff)",
                 [](const Figures& f) { return f.maxBoundaryDistance; }),
        distance("polis", "PoLiS", "PoLiS", true,
                 "Mean distance of the vertices of each outline to the other outline (Avbelj et al. 2015)",
                 [](const Figures& f) { return f.polis; }),
        distance("signedMean", "Signed mean", "signed", true,
                 "Mean distance, positive where the model's outline lies outside of the expert's",
                 [](const Figures& f) { return f.signedMean; }),
        share("withinPixel", "Within a pixel", "Share of both boundaries within one pixel of the other one",
              [](const Figures& f) { return f.withinPixel; }),
        share("withinThreePixels", "Within three pixels",
              "Share of both boundaries within three pixels of the other one",
              [](const Figures& f) { return f.withinThreePixels; }),
    };
    for (Measure& measure : list) {
        const std::string id = measure.id;
        measure.isSigned = measure.isSigned || id == "signedMean";
        if (id == "withinPixel" || id == "withinThreePixels") {
            measure.kind = Kind::Distance;
            measure.needsExactShapes = true;
            measure.shortTitle = id == "withinPixel" ? "in 1 px" : "in 3 px";
        }
    }
    return list;
}

} // namespace

const std::vector<Measure>& allMeasures() {
    static const std::vector<Measure> list = made();
    return list;
}

std::vector<Measure> measuresOf(Method method) {
    std::vector<Measure> some;
    std::ranges::copy_if(allMeasures(), std::back_inserter(some), [method](const Measure& measure) {
        return method == Method::Outlines || !measure.needsExactShapes;
    });
    return some;
}

std::string header(const Measure& measure) {
    return *measure.shownUnit == 0 ? measure.title : fmt::format("{}, {}", measure.title, measure.shownUnit);
}

std::string shortHeader(const Measure& measure) {
    return *measure.shownUnit == 0 ? measure.shortTitle
                                   : fmt::format("{} {}", measure.shortTitle, measure.shownUnit);
}

std::string columnName(const Measure& measure) {
    return *measure.unit == 0 ? measure.id : fmt::format("{} ({})", measure.id, measure.unit);
}

std::string shownText(const Measure& measure, const Figures& figures) {
    const double value = measure.compute(figures) * measure.shownPerUnit;
    if (!std::isfinite(value)) {
        return "-";
    }
    auto text = fmt::format("{:.{}f}", value, measure.digits);
    const bool isZero = text.find_first_not_of("-0.") == std::string::npos;
    if (isZero && text.front() == '-') {
        text.erase(0, 1);
    }
    return measure.isSigned && !isZero && value > 0 ? "+" + text : text;
}

std::string fileText(const Measure& measure, const Figures& figures) {
    const double value = measure.compute(figures);
    return std::isfinite(value) ? fmt::format("{}", value) : "";
}

} // namespace nunatak::measures
