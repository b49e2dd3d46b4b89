import Foundation

/// The domain of ExecuTorch's errors.
public let ErrorDomain = "org.pytorch.executorch.error"

/// The codes of executorch/runtime/core/error.h that Swift knows by name.
public enum ErrorCode: Int, Swift.Error {
    case ok = 0
    case `internal` = 1
    case invalidState = 2
    case endOfMethod = 3
    case notSupported = 16
    case notImplemented = 17
    case invalidArgument = 18
    case invalidType = 19
    case operatorMissing = 20
    case registrationExceedingMaxKernels = 21
    case registrationAlreadyRegistered = 22
    case notFound = 32
    case memoryAllocationFailed = 33
    case accessFailed = 34
    case invalidProgram = 35
    case invalidExternalData = 36
    case outOfResources = 37
    case delegateInvalidCompatibility = 48
    case delegateMemoryAllocationFailed = 49
    case delegateInvalidHandle = 50
}

/// An error of ExecuTorch's domain.
public func Error(code: ErrorCode) -> any Swift.Error {
    Error(code: code, description: nil)
}

/// An error of ExecuTorch's domain, with more to say.
public func Error(code: ErrorCode, description: String?) -> any Swift.Error {
    failure(code.rawValue, description ?? "\(code)")
}

/// What is thrown for a code of the runtime, known by name or not.
func failure(_ code: Int, _ doing: String) -> NSError {
    let name = ErrorCode(rawValue: code).map { "\($0)" } ?? "error \(code)"
    let text = doing == name ? name : "\(doing): \(name)"
    return NSError(domain: ErrorDomain, code: code, userInfo: [NSLocalizedDescriptionKey: text])
}

/// Throws what a call of the runtime gave, unless that is success.
func check(_ code: Int32, _ doing: @autoclosure () -> String) throws {
    if code != 0 { throw failure(Int(code), doing()) }
}
