package collect

// SharedFolder is for the tests that stand outside of the package.
var SharedFolder = sharedFolder
