// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool.h"

#include <QString>

#include <cstddef>
#include <functional>

// What commands on the selection have in common.
namespace nunatak::ui::tools {

/// What work() proposes; nothing where nothing is selected, and why not where something of it is locked or
/// the gate refuses.
Proposal onUnlocked(const Scene& scene, const std::function<nunatak::editing::Edit()>& work);

/// What was done by a step that may make several outlines of one, and who of them keeps an id that only one
/// can have.
QString partedText(const nunatak::editing::Edit& edit, const QString& keeper);

/// "Khumbu Glacier", "Glacier 3f2a9c1b", "3 glaciers": what is selected, at the beginning of a sentence.
QString namesOf(const Scene& scene);
/// The same within a sentence: "glacier 3f2a9c1b".
QString namesInSentence(const Scene& scene);
/// The same of one outline.
QString nameOf(const Scene& scene, const outlines::OutlineRef& ref);
QString nameInSentence(const Scene& scene, const outlines::OutlineRef& ref);
/// "1 vertex", "312 vertices": those that are selected.
QString verticesOf(const Scene& scene);
QString verticesText(std::size_t count);

} // namespace nunatak::ui::tools
