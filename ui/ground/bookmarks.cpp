// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/bookmarks.h"

#include "ui/viewport/map_camera.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace nunatak::ui::ground {

using viewport::MapCamera;

namespace {

struct BookmarkTexts {
    Q_DECLARE_TR_FUNCTIONS(Bookmark)
};

constexpr auto bookmarksKey = "bookmarks";

} // namespace

std::vector<Bookmark> readBookmarks(const project::Project& project) {
    std::vector<Bookmark> bookmarks;
    const auto stored = project.setting(bookmarksKey);
    if (!stored) {
        return bookmarks;
    }
    for (const auto& entry : QJsonDocument::fromJson(QByteArray::fromStdString(*stored)).array()) {
        const auto object = entry.toObject();
        const Bookmark bookmark{object[QStringLiteral("name")].toString(),
                                object[QStringLiteral("camera")].toString(),
                                std::clamp(object[QStringLiteral("exaggeration")].toDouble(1), 0.5, 5.0)};
        if (!bookmark.name.isEmpty() && MapCamera::fromText(bookmark.camera)) {
            bookmarks.push_back(bookmark);
        }
    }
    return bookmarks;
}

void writeBookmarks(const std::vector<Bookmark>& bookmarks, project::Project& project) {
    QJsonArray array;
    for (const auto& bookmark : bookmarks) {
        array.append(QJsonObject{{QStringLiteral("name"), bookmark.name},
                                 {QStringLiteral("camera"), bookmark.camera},
                                 {QStringLiteral("exaggeration"), bookmark.exaggeration}});
    }
    project.setSetting(bookmarksKey, QJsonDocument(array).toJson(QJsonDocument::Compact).toStdString());
}

QString freshName(const std::vector<Bookmark>& bookmarks) {
    for (std::size_t number = bookmarks.size() + 1;; ++number) {
        const auto name = BookmarkTexts::tr("View %1").arg(number);
        if (std::none_of(bookmarks.begin(), bookmarks.end(),
                         [&name](const auto& bookmark) { return bookmark.name == name; })) {
            return name;
        }
    }
}

} // namespace nunatak::ui::ground
