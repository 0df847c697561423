// SPDX-License-Identifier: GPL-3.0-or-later
#include "geopackage_blob.h"
#include "schema.h"
#include "store_impl.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nunatak::database {

/// How the outlines of one layer are written.
struct LayerWriter {
    std::string layer;
    std::string remove;
    std::string update;
    std::string insert;
    std::string first;              ///< inserts unless there is one of that name
    std::string index;              ///< see indexEntrySql()
    std::vector<std::string> added; ///< columns of other programs, behind ours
    std::array<bool, ownColumns.size()> has{};
    int srsId = 0;
};

namespace {

constexpr int geometryIndex = static_cast<int>(ownColumns.size()) + 1;

LayerWriter writerOf(const LayerTable& table, const std::vector<std::string>& known) {
    LayerWriter writer;
    writer.srsId = table.srsId;
    std::transform(ownColumns.begin(), ownColumns.end(), writer.has.begin(),
                   [&](const char* column) { return table.has(column); });
    std::string sets;
    std::string columns;
    std::string values;
    const auto add = [&](const std::string& column, int index) {
        const std::string number = "?" + std::to_string(index);
        columns += (columns.empty() ? "" : ", ") + column;
        values += (values.empty() ? "" : ", ") + number;
        if (index != 1) {
            sets += (sets.empty() ? "" : ", ") + column + " = " + number;
        }
    };
    for (std::size_t i = 0; i < ownColumns.size(); ++i) {
        if (table.has(ownColumns[i])) {
            add(ownColumns[i], static_cast<int>(i) + 1);
        }
    }
    add(sqlName(table.geometry), geometryIndex);
    for (const std::string& column : table.added) {
        // What was added since is not ours to empty.
        if (std::find(known.begin(), known.end(), column) != known.end()) {
            writer.added.push_back(column);
            add(sqlName(column), geometryIndex + static_cast<int>(writer.added.size()));
        }
    }
    const std::string name = sqlName(table.layer);
    writer.remove = "DELETE FROM " + name + " WHERE uuid = ?";
    writer.update = "UPDATE " + name + " SET " + sets + " WHERE uuid = ?1";
    const std::string into = " INTO " + name + " (" + columns + ") VALUES (" + values + ")";
    writer.insert = "INSERT" + into;
    writer.first = "INSERT OR IGNORE" + into;
    writer.index = indexEntrySql(table.layer);
    writer.layer = table.layer;
    return writer;
}

void bindValue(SQLite::Statement& target, int index, const Value& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        target.bind(index, *whole);
    } else if (const auto* number = std::get_if<double>(&value)) {
        target.bind(index, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        target.bindNoCopy(index, *text);
    }
}

void bindFeature(SQLite::Statement& target, const FeatureRow& row, const Bytes& blob,
                 const LayerWriter& writer) {
    target.bindNoCopy(1, row.uuid);
    bindText(target, 2, row.name);
    bindText(target, 3, row.srcDate);
    bindText(target, 4, row.scene);
    bindText(target, 5, row.sensor);
    bindText(target, 6, row.model);
    bindText(target, 7, row.run);
    bindText(target, 8, row.modelFingerprint);
    if (row.threshold != 0) {
        target.bind(9, row.threshold);
    }
    bindText(target, 10, row.attributes);
    // A statement has no place for what a file of an earlier version does not keep.
    const std::array<const std::string*, 3> later{&row.review, &row.analyst, &row.origin};
    for (std::size_t i = 0; i < later.size(); ++i) {
        if (writer.has[10 + i]) {
            bindText(target, 11 + static_cast<int>(i), *later[i]);
        }
    }
    if (writer.has[13] && row.isOfInventory) {
        target.bind(14, row.isChanged ? 1 : 0);
    }
    const std::array<const std::string*, 3> record{&row.reviewer, &row.reviewTime, &row.reviewNote};
    for (std::size_t i = 0; i < record.size(); ++i) {
        if (writer.has[14 + i]) {
            bindText(target, 15 + static_cast<int>(i), *record[i]);
        }
    }
    if (writer.has[17] && row.hasReviewRecord) {
        target.bind(18, row.isReviewOutdated ? 1 : 0);
    }
    bindBytes(target, geometryIndex, blob);
    for (std::size_t i = 0; i < writer.added.size(); ++i) {
        if (const auto value = row.added.find(writer.added[i]); value != row.added.end()) {
            bindValue(target, geometryIndex + 1 + static_cast<int>(i), value->second);
        }
    }
}

/// What the table of a row that is to be written holds.
std::string geometryTypeOf(const std::optional<FeatureRow>& row) {
    const std::uint8_t type = row && row->wkb.size() > 1 ? row->wkb[1] : 0; // we write little-endian
    return type == 1 ? "POINT" : type == 5 ? "MULTILINESTRING" : type == 6 ? "MULTIPOLYGON" : "GEOMETRY";
}

} // namespace

LayerTable Store::Impl::tableFor(const std::string& layer, const std::optional<FeatureRow>& row) {
    LayerTable table = layerTable(connection, layer, srsId);
    if (!table.exists) { // another program removed it meanwhile; what was changed since is kept all the same
        makeLayerTable(connection, layer, srsId, geometryTypeOf(row));
        keepIndex(connection, layer);
        table = layerTable(connection, layer, srsId);
    }
    if (table.geometry.empty()) {
        throw Error("Another program took the shapes away from the layer " + layer + " of " + file.string() +
                    ", so nothing can be saved in it. Put a copy of the project from a backup in its place.");
    }
    for (const std::string& column : columnsSince(versionOf(connection))) {
        std::erase(table.missing, column); // a project of an earlier version stays one
    }
    restoreColumns(connection, table);
    return layerTable(connection, layer, srsId);
}

void Store::Impl::write(const std::vector<FeatureChange>& changes) {
    std::map<std::string, LayerWriter> writers;
    for (const FeatureChange& change : changes) {
        if (!writers.contains(change.layer)) {
            writers.emplace(change.layer, writerOf(tableFor(change.layer, change.row), added[change.layer]));
        }
    }
    for (const FeatureChange& change : changes) {
        write(change, writers.at(change.layer));
    }
}

bool Store::Impl::writeFirst(const FeatureRow& row, const Bytes& blob, const LayerWriter& writer) {
    SQLite::Statement& insert = statement(writer.first);
    bindFeature(insert, row, blob, writer);
    const bool isNew = insert.exec() > 0;
    insert.tryReset();
    const auto view = viewBlob(blob);
    if (isNew && view && !view->empty) {
        SQLite::Statement& entry = statement(writer.index);
        entry.bind(1, connection.getLastInsertRowid());
        entry.bind(2, view->box.xmin);
        entry.bind(3, view->box.xmax);
        entry.bind(4, view->box.ymin);
        entry.bind(5, view->box.ymax);
        entry.exec();
        entry.tryReset();
    }
    return isNew;
}

void Store::Impl::keepIndexes() {
    for (const std::string& layer : std::exchange(made, {})) {
        keepIndex(connection, layer);
    }
}

void Store::Impl::write(const FeatureChange& change, const LayerWriter& writer) {
    if (!change.row) {
        keepIndexes();
        SQLite::Statement& removal = statement(writer.remove);
        removal.bindNoCopy(1, change.uuid);
        removal.exec();
        return;
    }
    const Bytes blob = toBlob(change.row->wkb, change.row->box, writer.srsId);
    if (made.contains(writer.layer) && writeFirst(*change.row, blob, writer)) {
        return;
    }
    keepIndexes();
    // Not an UPSERT: the R-tree triggers of GeoPackage 1.3 and an upsert do not go together.
    SQLite::Statement& update = statement(writer.update);
    bindFeature(update, *change.row, blob, writer);
    if (update.exec() == 0) {
        SQLite::Statement& insert = statement(writer.insert);
        bindFeature(insert, *change.row, blob, writer);
        insert.exec();
        insert.tryReset();
    }
    update.tryReset();
}

} // namespace nunatak::database
