// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/provenance.h"

#include <fmt/format.h>

#include <array>

namespace nunatak::exchange {

namespace fs = std::filesystem;

namespace {

/// With quotes where it needs them.
std::string cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char letter : text) {
        quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    }
    return quoted + '"';
}

std::string number(double value) {
    return outlines::AttributeValue(value).text();
}

fs::path beside(const fs::path& file, const char* ending) {
    return file.parent_path() / (file.stem().string() + ending);
}

} // namespace

fs::path provenanceFile(const fs::path& file) {
    return beside(file, "-provenance.csv");
}

fs::path readmeFile(const fs::path& file) {
    return beside(file, "-README.md");
}

std::string provenanceTable(const PreparedExport& prepared, const ExportOptions& options) {
    std::string table = "id,uuid,src_date,scene,product,acquired,sensor,scene_id,model,model_fp,run_id,"
                        "threshold,confidence,origin,"
                        "changed,analyst,review,reviewer,rev_time,rev_note,rev_old\r\n";
    const auto addRow = [&](const std::string& id, const outlines::Outline& outline) {
        const bool isPredicted = !outline.model.empty();
        const auto confidence = options.confidence ? options.confidence(outline) : std::nullopt;
        const bool isReviewed = outline.review != outlines::Review::NotReviewed;
        const outlines::Origin origin = options.originOf(outline);
        const bool isImported = origin == outlines::Origin::Imported && !outline.isChanged;
        const bool isKnown = origin != outlines::Origin::Unknown || outline.isChanged;
        const auto* image = options.imageOf(outline);
        const auto ofImage = [&](std::string SourceImage::*member) {
            return image == nullptr ? std::string() : image->*member;
        };
        const std::string instrument = ofImage(&SourceImage::instrument);
        const std::array cells{id,
                               outline.uuid,
                               outline.srcDate,
                               ofImage(&SourceImage::name),
                               ofImage(&SourceImage::product),
                               ofImage(&SourceImage::date),
                               outline.sensor.empty() ? instrument : outline.sensor,
                               image == nullptr && isImported ? std::string() : outline.sceneId,
                               outline.model,
                               outline.modelFingerprint,
                               outline.run,
                               isPredicted ? number(outline.threshold) : std::string(),
                               confidence ? fmt::format("{:.3f}", *confidence) : std::string(),
                               outlines::toString(origin),
                               isKnown ? std::string(outline.isChanged ? "1" : "0") : std::string(),
                               outline.analyst,
                               isReviewed ? outlines::toString(outline.review) : std::string(),
                               outline.reviewRecord.reviewer,
                               outline.reviewRecord.time,
                               outline.reviewRecord.note,
                               isReviewed ? std::string(outline.reviewRecord.isOutdated ? "1" : "0")
                                          : std::string()};
        for (std::size_t i = 0; i < cells.size(); ++i) {
            table += (i == 0 ? "" : ",") + cell(cells[i]);
        }
        table += "\r\n";
    };
    for (std::size_t i = 0; i < prepared.measured.outlines.size(); ++i) {
        for (const auto* outline : prepared.sourcesOf(i)) {
            addRow(prepared.measured.outlines[i].id, *outline);
        }
    }
    return table;
}

} // namespace nunatak::exchange
