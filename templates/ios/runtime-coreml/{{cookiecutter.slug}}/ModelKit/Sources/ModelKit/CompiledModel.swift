// SPDX-License-Identifier: MIT-0
import CoreML
import Foundation

/// The model as Core ML runs it: compiled from the package in the app's bundle once on the device, and kept;
/// or by Xcode, where the package is in a target's own sources.
enum CompiledModel {
    /// Where the compiled model is.
    ///
    /// - Throws: ``ModelError/missing(file:)``, ``ModelError/unusable(runtime:cause:)`` or
    ///   ``ModelError/storage(cause:)``.
    static func url(in bundle: Bundle = Resources.bundle) throws(ModelError) -> URL {
        if let compiled = bundle.url(forResource: "model", withExtension: "mlmodelc") { return compiled }
        guard let package = bundle.url(forResource: ModelSpec.modelFile, withExtension: nil) else {
            throw .missing(file: ModelSpec.modelFile)
        }
        return try kept(package, in: folder())
    }

    /// The folder for this model alone. The system empties caches when it needs space, and never while the
    /// app runs.
    private static func folder() throws(ModelError) -> URL {
        do {
            return try FileManager.default
                .url(for: .cachesDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
                .appendingPathComponent("{{ cookiecutter.slug }}.ModelKit", isDirectory: true)
        } catch {
            throw .storage(cause: error)
        }
    }

    /// The package, compiled into `folder` unless that was done before. The name there holds the hash of the
    /// package, so an update of the app never meets the model of the version before.
    static func kept(
        _ package: URL,
        in folder: URL,
        compile: (URL) throws -> URL = { try MLModel.compileModel(at: $0) }
    ) throws(ModelError) -> URL {
        let files = FileManager.default
        let name = "\(ModelSpec.modelSHA256.prefix(16)).mlmodelc"
        let compiled = folder.appendingPathComponent(name, isDirectory: true)
        if files.fileExists(atPath: compiled.path) { return compiled }
        let made: URL
        do {
            made = try compile(package)
        } catch {
            throw .unusable(runtime: ModelRunner.runtime, cause: error)
        }
        do {
            try files.createDirectory(at: folder, withIntermediateDirectories: true)
            // A whole folder gets the name at once: an app that is ended here leaves nothing half-written.
            try files.moveItem(at: made, to: compiled)
        } catch {
            try? files.removeItem(at: made)
            // Another session of this app may have been faster.
            guard files.fileExists(atPath: compiled.path) else { throw .storage(cause: error) }
        }
        removeOthers(than: compiled, in: folder)
        return compiled
    }

    /// What earlier versions of the app left. It only takes space, so it may stay where it cannot be removed.
    private static func removeOthers(than compiled: URL, in folder: URL) {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
        where name != compiled.lastPathComponent {
            try? files.removeItem(at: folder.appendingPathComponent(name))
        }
    }
}
