// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenes/scene_table.h"

#include "ui/base/format.h"

#include <QFont>
#include <QLocale>

#include <algorithm>
#include <array>

namespace nunatak::ui::scenes {

namespace {

QString scenesDescription(const scene::Scene& scene) {
    QStringList features;
    for (const auto& raster : scene.rasters) {
        features << text(raster.feature);
    }
    features.removeDuplicates();
    return SceneTable::tr("%1\n%2\n%3 × %4 pixels of %5 m\n%6")
        .arg(text(scene.name), scene.sensor.empty() ? SceneTable::tr("unknown sensor") : text(scene.sensor))
        .arg(QLocale().toString(scene.grid.columns), QLocale().toString(scene.grid.rows),
             QLocale().toString(scene.grid.pixelSize, 'g', 4), features.join(QStringLiteral(", ")));
}

bool isLeading(int column) {
    return column == SceneTable::Date || column == SceneTable::Scene;
}

} // namespace

void SceneTable::setScenes(const std::vector<scene::Scene>& scenes, const std::string& current) {
    beginResetModel();
    m_scenes = scenes;
    m_current = current;
    const auto isGone = [this](const auto& entry) { return rowOf(entry.first) < 0; };
    std::erase_if(m_thumbnails, isGone);
    std::erase_if(m_ranking, isGone);
    endResetModel();
}

void SceneTable::setThumbnail(const std::string& id, const QImage& picture) {
    if (const int row = rowOf(id); row >= 0) {
        m_thumbnails[id] = QPixmap::fromImage(picture);
        Q_EMIT dataChanged(index(row, Date), index(row, Date), {Qt::DecorationRole});
    }
}

void SceneTable::setRanking(const std::vector<ranking::RankedScene>& ranking) {
    m_ranking.clear();
    for (const auto& scene : ranking) {
        m_ranking[scene.id] = scene;
    }
    valuesChanged();
}

void SceneTable::setGlacier(const std::string& uuid) {
    m_glacier = uuid;
    valuesChanged();
}

void SceneTable::valuesChanged() {
    if (!m_scenes.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

bool SceneTable::knows(const std::string& uuid) const {
    return std::any_of(m_ranking.begin(), m_ranking.end(), [&uuid](const auto& entry) {
        const auto& glaciers = entry.second.glaciers.glaciers;
        return std::any_of(glaciers.begin(), glaciers.end(),
                           [&uuid](const auto& glacier) { return glacier.uuid == uuid; });
    });
}

int SceneTable::rowOf(const std::string& id) const {
    const auto found =
        std::find_if(m_scenes.begin(), m_scenes.end(), [&id](const auto& scene) { return scene.id == id; });
    return found != m_scenes.end() ? static_cast<int>(found - m_scenes.begin()) : -1;
}

int SceneTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_scenes.size());
}

int SceneTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

const ranking::RankedScene* SceneTable::rankedAt(int row) const {
    const auto found = m_ranking.find(idAt(row));
    return found != m_ranking.end() ? &found->second : nullptr;
}

std::optional<ranking::Conditions> SceneTable::conditionsAt(int row) const {
    const auto* ranked = rankedAt(row);
    if (ranked == nullptr) {
        return std::nullopt;
    }
    if (m_glacier.empty()) {
        return ranked->conditions();
    }
    const auto& glaciers = ranked->glaciers.glaciers;
    const auto found = std::find_if(glaciers.begin(), glaciers.end(),
                                    [this](const auto& glacier) { return glacier.uuid == m_glacier; });
    return found != glaciers.end() ? std::optional(found->conditions) : std::nullopt;
}

std::optional<double> SceneTable::valueAt(int row, int column) const {
    const auto conditions = conditionsAt(row);
    switch (column) {
    case Score:
        return conditions ? conditions->score() : std::nullopt;
    case Covered:
        return conditions ? conditions->covered : std::nullopt;
    case Cloud:
        return conditions ? conditions->cloud : std::nullopt;
    case Snow:
        return conditions ? conditions->snow : std::nullopt;
    case Shadow:
        return conditions ? conditions->shadow : std::nullopt;
    case Sun: {
        const auto sun = ranking::sunOf(m_scenes[static_cast<std::size_t>(row)]);
        return sun ? std::optional(sun->elevation) : std::nullopt;
    }
    case Day: {
        const auto day = ranking::dayOfYear(m_scenes[static_cast<std::size_t>(row)].date);
        return day ? std::optional<double>(*day) : std::nullopt;
    }
    default:
        return std::nullopt;
    }
}

QString SceneTable::cellText(int row, int column) const {
    const auto& scene = m_scenes[static_cast<std::size_t>(row)];
    if (column == Date) {
        return scene.date.empty() ? tr("no date") : text(scene.date);
    }
    if (column == Scene) {
        return text(scene.name);
    }
    const auto value = valueAt(row, column);
    if (!value) {
        // Before anything is measured there is nothing to be unknown.
        const bool measured = column == Sun || column == Day || rankedAt(row) != nullptr;
        return measured ? tr("unknown") : QStringLiteral("–");
    }
    switch (column) {
    case Score:
        return (conditionsAt(row)->scoreIsUpperBound() ? QStringLiteral("≤ ") : QString()) +
               QLocale().toString(*value, 'f', 2);
    case Sun:
        return QLocale().toString(*value, 'f', 1) + QStringLiteral("°");
    case Day:
        return QLocale().toString(static_cast<int>(*value));
    default:
        return QLocale().toString(100 * *value, 'f', 1) + QStringLiteral(" %");
    }
}

QString SceneTable::tipAt(int row) const {
    QStringList lines{scenesDescription(m_scenes[static_cast<std::size_t>(row)])};
    if (const auto* ranked = rankedAt(row); ranked != nullptr) {
        for (const auto& note : ranked->notes) {
            lines << text(note);
        }
    }
    return lines.join(QLatin1Char('\n'));
}

QVariant SceneTable::headerData(int section, Qt::Orientation orientation, int role) const {
    struct Heading {
        QString name;
        QString tip;
    };
    const std::array<Heading, ColumnCount> headings{{
        {tr("Date"), tr("Day of acquisition")},
        {tr("Scene"), tr("Name of the scene")},
        {tr("Score"), tr("covered × (1 − cloud) × (1 − snow) × (1 − shadow); ≤ where something is unknown")},
        {tr("Covered"), tr("Share of the glaciers where the scene has data")},
        {tr("Cloud"), tr("Share of that which the product flags as cloud; the flags fire on bright ice too")},
        {tr("Snow"), tr("Share of the sunlit ground within 1 km of the glaciers under snow (NDSI > 0.4 and "
                        "NIR > 0.11)")},
        {tr("Shadow"), tr("Share of the glaciers in the shadow of terrain")},
        {tr("Sun"), tr("Height of the sun above the horizon")},
        {tr("Day"), tr("Day of the year")},
    }};
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    const auto& heading = headings.at(static_cast<std::size_t>(section));
    switch (role) {
    case Qt::DisplayRole:
        return heading.name;
    case Qt::ToolTipRole:
        return heading.tip;
    case Qt::TextAlignmentRole:
        return QVariant((isLeading(section) ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant SceneTable::data(const QModelIndex& index, int role) const {
    const int row = index.row();
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return cellText(row, column);
    case Qt::DecorationRole:
        if (const auto found = m_thumbnails.find(idAt(row)); column == Date && found != m_thumbnails.end()) {
            return found->second;
        }
        return {};
    case Qt::ToolTipRole:
        return tipAt(row);
    case Qt::UserRole: {
        if (isLeading(column)) {
            const auto shown = cellText(row, column);
            return column == Date && m_scenes[static_cast<std::size_t>(row)].date.empty() ? QVariant()
                                                                                          : QVariant(shown);
        }
        const auto value = valueAt(row, column);
        return value ? QVariant(*value) : QVariant();
    }
    case Qt::FontRole:
        if (idAt(row) == m_current) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    case Qt::TextAlignmentRole:
        return QVariant((isLeading(column) ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    default:
        return {};
    }
}

bool SceneOrder::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const auto first = sourceModel()->data(left, Qt::UserRole);
    const auto second = sourceModel()->data(right, Qt::UserRole);
    if (first.isValid() != second.isValid()) {
        return first.isValid() == (sortOrder() == Qt::AscendingOrder);
    }
    return first.isValid() && QVariant::compare(first, second) == QPartialOrdering::Less;
}

} // namespace nunatak::ui::scenes
